package io.callscope.tracker.call;

import java.util.Arrays;

/**
 * The last ten states of an entry before each of its messages that were no retransmissions, 4 bits
 * each.
 */
final class StateTrace {
  private static final int RECORDS = 10;
  private static final byte[] BEFORE = AsciiText.letters("...[");
  private static final byte[] NEXT = AsciiText.letters("->");
  private static final byte[][] NAMES =
      Arrays.stream(CallState.values())
          .map(state -> AsciiText.letters(state.displayName()))
          .toArray(byte[][]::new);

  private StateTrace() {}

  static void add(CallEntry entry) {
    entry.states = (entry.states << 4) | entry.state;
    entry.stateCount = Counts.next(entry.stateCount);
  }

  /** All its states have a name. */
  static boolean isSound(CallEntry entry) {
    for (int i = 0; i < Math.min(entry.stateCount, RECORDS); i++) {
      if (((int) (entry.states >>> (4 * i)) & 0xf) >= NAMES.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * For example {@code init->first invite}, with {@code ...[n]->} before it where n older ones are
   * gone.
   */
  static AsciiText text(CallEntry entry, AsciiText text) {
    text.clear();
    if (entry.stateCount > RECORDS) {
      text.add(BEFORE).add(entry.stateCount - RECORDS).add(']').add(NEXT);
    }
    for (int i = Math.min(entry.stateCount, RECORDS) - 1; i >= 0; i--) {
      text.add(NAMES[(int) (entry.states >>> (4 * i)) & 0xf]);
      if (i > 0) {
        text.add(NEXT);
      }
    }
    return text;
  }
}
