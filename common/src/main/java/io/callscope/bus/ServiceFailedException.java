package io.callscope.bus;

/**
 * A service cannot go on: thrown on its context, it has whoever runs the service start it anew at
 * once, where other exceptions only cost what they were about.
 */
public final class ServiceFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ServiceFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
