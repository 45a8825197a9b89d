package io.callscope.capture.inject;

/** A request that is not carried out: why, and the code of its answer, as of HTTP. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;
  private static final int NO_ROOM = 507;

  private final int code;

  private RefusedException(int code, String why, Throwable cause) {
    super(why, cause);
    this.code = code;
  }

  /** More is asked for than can be done now. */
  public static RefusedException unavailable(String why) {
    return new RefusedException(UNAVAILABLE, why, null);
  }

  /**
   * A request has failed, whatever with.
   *
   * @param stopping no request can be carried out any more
   */
  public static RefusedException of(Throwable cause, boolean stopping) {
    if (cause instanceof RefusedException refused) {
      return refused;
    }
    if (stopping) {
      return new RefusedException(UNAVAILABLE, "injecting ends", cause);
    }
    if (cause instanceof Uploads.NotKeptException) {
      return new RefusedException(NO_ROOM, cause.getMessage(), cause);
    }
    return new RefusedException(BAD_REQUEST, String.valueOf(cause.getMessage()), cause);
  }

  public int code() {
    return code;
  }
}
