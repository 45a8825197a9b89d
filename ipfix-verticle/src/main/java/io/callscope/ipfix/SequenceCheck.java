package io.callscope.ipfix;

/**
 * Follows the sequence numbers of a connection. By RFC 7011 §3.1 a message has the number of
 * records sent before it; SBCs are seen to count messages, and some do not count at all.
 */
final class SequenceCheck {
  private static final long MASK = 0xffff_ffffL;
  private static final long HALF = 1L << 31;

  private long last = -1;
  private int lastRecords;

  /**
   * Notes a message that holds records.
   *
   * @return -1 if its number follows the last one, else how many are known to be missing: 0 if the
   *     number went back
   */
  long jump(long sequence, int records) {
    long ahead = sequence - last & MASK;
    boolean follows = last < 0 || ahead <= 1 || ahead == lastRecords;
    last = sequence;
    lastRecords = records;
    if (follows) {
      return -1;
    }
    return ahead < HALF ? ahead - 1 : 0;
  }
}
