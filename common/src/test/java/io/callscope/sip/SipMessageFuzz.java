package io.callscope.sip;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The parser, on one piece and on the same bytes fed in pieces. */
public final class SipMessageFuzz {
  private SipMessageFuzz() {}

  /** A byte that chooses the mode and the cuts, then the message. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Outcome.Mode mode = Outcome.Mode.values()[input[0] & 3];
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    Outcome.of(bytes, mode).checkAll(mode, new SplittableRandom(input[0]));
  }

  public static List<byte[]> seeds() {
    return SipMutationTest.seeds().stream().map(SipMessageFuzz::withMode).toList();
  }

  private static byte[] withMode(byte[] message) {
    byte[] input = new byte[1 + message.length];
    input[0] = (byte) message.length;
    System.arraycopy(message, 0, input, 1, message.length);
    return input;
  }
}
