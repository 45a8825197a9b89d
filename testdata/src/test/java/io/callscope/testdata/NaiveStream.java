package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;

/** One direction of a TCP connection, put together by sequence number. */
final class NaiveStream {
  private byte[] bytes = {};
  private final BitSet known = new BitSet();
  private boolean started;
  private int first;

  void add(int sequence, int flags, byte[] data) {
    boolean syn = (flags & 2) != 0;
    if (!started) {
      started = true;
      first = syn ? sequence + 1 : sequence;
    }
    int at = sequence - first;
    if (at + data.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (at + data.length));
    }
    for (int i = 0; i < data.length; i++) {
      assertThat(at).isNotNegative();
      if (known.get(at + i)) {
        assertThat(bytes[at + i]).as("overlapping bytes differ").isEqualTo(data[i]);
      }
      bytes[at + i] = data[i];
    }
    known.set(Math.max(at, 0), Math.max(at, 0) + data.length);
  }

  byte[] bytes() {
    assertThat(known.nextClearBit(0)).as("a gap in the stream").isEqualTo(known.length());
    return Arrays.copyOf(bytes, known.length());
  }
}
