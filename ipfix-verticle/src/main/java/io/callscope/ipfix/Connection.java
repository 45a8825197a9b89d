package io.callscope.ipfix;

import java.util.concurrent.TimeUnit;

/**
 * What the collector keeps of a connection: at most one message that is incomplete, and how it is
 * doing. Made by an event loop, then the collector's thread's, but for what says otherwise.
 */
final class Connection {
  final Peer peer;
  final Health health;
  final Framing framing = new Framing();
  final SequenceCheck sequence = new SequenceCheck();

  /** False once this side has given it up, though more of what was read may be on its way. */
  boolean open;

  /** Why its socket ends, null if the other side closes it. The event loop's. */
  String broken;

  private long firstNanos;
  private long awaitedNanos;
  private long timeoutNanos;
  private long heardNanos;

  /** When the timer is to look next. */
  private long deadlineNanos;

  Connection(Peer peer, Health health) {
    this.peer = peer;
    this.health = health;
  }

  /** Something was read from it or written to it. */
  void heard(long monotonicNanos) {
    heardNanos = monotonicNanos;
  }

  /** From now on it may be silent so long, 0 for ever. */
  void timeout(int seconds, long monotonicNanos) {
    timeoutNanos = TimeUnit.SECONDS.toNanos(seconds);
    deadlineNanos = monotonicNanos + timeoutNanos;
  }

  /** Its first message may take so long from now on, 0 for ever. */
  void awaitFirst(int seconds, long monotonicNanos) {
    firstNanos = TimeUnit.SECONDS.toNanos(seconds);
    awaitedNanos = monotonicNanos;
  }

  /** It was not read for a while, which is not its fault. */
  void resumed(long monotonicNanos) {
    heardNanos = monotonicNanos;
    awaitedNanos = monotonicNanos;
  }

  /** Bytes may have come, but no message. */
  boolean isDumb(long monotonicNanos) {
    return firstNanos > 0
        && health.get(Health.MESSAGES) == 0
        && monotonicNanos - awaitedNanos > firstNanos;
  }

  /** What became of the timer. */
  enum Timer {
    RUNNING,

    /** It was set anew, since the connection was heard meanwhile. */
    RESET,
    OVER
  }

  Timer timer(long monotonicNanos) {
    if (timeoutNanos == 0 || monotonicNanos - deadlineNanos < 0) {
      return Timer.RUNNING;
    }
    if (monotonicNanos - heardNanos > timeoutNanos) {
      return Timer.OVER;
    }
    deadlineNanos = heardNanos + timeoutNanos;
    return monotonicNanos - deadlineNanos < 0 ? Timer.RESET : Timer.RUNNING;
  }
}
