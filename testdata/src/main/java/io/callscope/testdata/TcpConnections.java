package io.callscope.testdata;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The TCP connections of a capture, one for each hop, and the tails of messages they hold back. */
final class TcpConnections {
  /** How long the tail of a message waits for the next message to travel with. */
  private static final long HOLD_NANOS = 100_000_000;

  private final Options options;
  private final Frames frames;
  private final SplittableRandom random;
  private final Map<Integer, TcpConnection> byHop = new HashMap<>();
  private final ArrayDeque<TcpConnection> opened = new ArrayDeque<>();
  private final ArrayDeque<Held> holds = new ArrayDeque<>();

  private record Held(long untilNanos, TcpConnection connection, boolean towardsClient) {}

  TcpConnections(Options options, Frames frames, SplittableRandom random) {
    this.options = options;
    this.frames = frames;
    this.random = random;
  }

  /**
   * Sends a message; the result is when it has surely arrived. What comes next of its dialog must
   * not come before that, or a reply would be seen before its request.
   */
  long send(long nanos, Hop hop, boolean towardsClient, byte[] bytes, int from, int length)
      throws IOException {
    release(nanos);
    TcpConnection connection = byHop.get(hop.id());
    if (connection == null) {
      connection = new TcpConnection(options, frames, random, hop);
      byHop.put(hop.id(), connection);
      opened.add(connection);
    }
    if (!connection.send(nanos, towardsClient, bytes, from, length)) {
      return connection.lastNanos();
    }
    long until = nanos + HOLD_NANOS;
    holds.add(new Held(until, connection, towardsClient));
    return until + 1_000_000;
  }

  void close(long nanos) throws IOException {
    release(Long.MAX_VALUE);
    for (TcpConnection connection : opened) {
      connection.close(nanos);
    }
  }

  private void release(long nanos) throws IOException {
    while (!holds.isEmpty() && holds.peek().untilNanos <= nanos) {
      Held held = holds.remove();
      held.connection.release(held.untilNanos, held.towardsClient);
    }
  }
}
