package io.callscope.tracker.call;

/**
 * The last ten states of an entry before each of its messages that were no retransmissions, 4 bits
 * each.
 */
final class StateTrace {
  private static final int RECORDS = 10;

  private StateTrace() {}

  static void add(CallEntry entry) {
    entry.states = (entry.states << 4) | entry.state;
    entry.stateCount++;
  }

  /**
   * For example {@code init->first invite}, with {@code ...[n]->} before it where n older ones are
   * gone.
   */
  static AsciiText text(CallEntry entry, AsciiText text) {
    text.clear();
    if (entry.stateCount > RECORDS) {
      text.add("...[").add(entry.stateCount - RECORDS).add("]->");
    }
    for (int i = Math.min(entry.stateCount, RECORDS) - 1; i >= 0; i--) {
      text.add(CallState.of((int) (entry.states >>> (4 * i)) & 0xf).displayName());
      text.add(i > 0 ? "->" : "");
    }
    return text;
  }
}
