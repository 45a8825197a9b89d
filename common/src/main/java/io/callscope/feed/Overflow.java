package io.callscope.feed;

/** What a source does when a partition does not keep up. */
public enum Overflow {
  /** It waits, as a file can. */
  WAIT,

  /** It drops records and counts them: live traffic does not wait. */
  DROP
}
