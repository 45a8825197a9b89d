package io.callscope.config;

/** A value an option cannot take; the message says what would be right, starting with "must be". */
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1;

  public BadValueException(String message) {
    super(message);
  }
}
