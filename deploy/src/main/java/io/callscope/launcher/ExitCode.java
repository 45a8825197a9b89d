package io.callscope.launcher;

/** How the program ends. */
final class ExitCode {
  static final int OK = 0;

  /** The third stop signal. */
  static final int KILLED = 1;

  static final int WRONG_OPTIONS = 2;

  /** The JVM's own, with its option ExitOnOutOfMemoryError. */
  static final int OUT_OF_MEMORY = 3;

  /** An input or a service failed. */
  static final int RUN_ERROR = 255;

  private ExitCode() {}
}
