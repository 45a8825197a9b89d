package io.callscope.capture.config;

/** A source that cannot be read; the message is for the operator. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
