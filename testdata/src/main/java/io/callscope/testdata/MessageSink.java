package io.callscope.testdata;

import java.io.IOException;

/** Takes the generated messages, in order of time. */
@FunctionalInterface
public interface MessageSink {
  /**
   * Takes a message; its bytes are good only during the call.
   *
   * @param nanos capture time since 1970
   * @param towardsClient it goes from the hop's server to its client
   * @return when the message has arrived as a whole, at least {@code nanos}
   */
  long message(long nanos, Hop hop, boolean towardsClient, byte[] bytes, int from, int length)
      throws IOException;
}
