package io.callscope.testdata.sbc;

/** What an SBC may do wrong. */
public enum Fault {
  /** It falls silent, keep-alives included, and leaves the connection open. */
  STALL,

  /** It closes the connection in the middle of a message. */
  HALF_MESSAGE,

  /** It resets the connection. */
  RESET,

  /** A set says that it is longer than its message. */
  LYING_SET,

  /** A message says that it is shorter than its own header. */
  LYING_MESSAGE,

  /** Its clock is an hour ahead, from the start. */
  CLOCK_OFF,

  /** Its clock is set back by an hour. */
  CLOCK_BACK
}
