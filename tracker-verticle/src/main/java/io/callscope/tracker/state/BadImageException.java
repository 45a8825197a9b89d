package io.callscope.tracker.state;

/** Bytes that are no image of an entry: damaged, or of another version. */
public final class BadImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadImageException(String message) {
    super(message, null, false, false);
  }
}
