package io.callscope.testdata.sbc;

import java.io.IOException;

/**
 * The calls of one SBC, in rounds: those of a round take turns, a message each, so that as many are
 * open at a time. For one thread.
 */
final class Calls {
  /** Between two messages that leave together. */
  private static final long APART_NANOS = 1000;

  private final CallScript script;
  private final int open;

  /** Places in the order of all messages that have been passed. */
  long done;

  private long begun = Long.MAX_VALUE;
  private long ended;
  private long lastNanos;

  Calls(CallScript script, int open) {
    this.script = script;
    this.open = open;
  }

  /** From now on only calls that are open go on. */
  void beginNoMore() {
    long round = (long) open * script.messages();
    begun = done / round * open + Math.min(open, done % round);
  }

  /**
   * Sends what comes next, each message later than the one before.
   *
   * @param upTo so many messages in all, or as many as there are
   * @return how many were sent
   */
  long send(Sbc sbc, long upTo) throws IOException {
    long round = (long) open * script.messages();
    long sent = 0;
    lastNanos = Math.max(lastNanos, System.currentTimeMillis() * 1_000_000);
    while (done < upTo && (begun == Long.MAX_VALUE || done / round * open < begun)) {
      long inRound = done % round;
      int step = (int) (inRound / open);
      long call = done / round * open + inRound % open;
      done++;
      if (call < begun) {
        lastNanos += APART_NANOS;
        sbc.send(script, step, call, lastNanos);
        ended += step == script.messages() - 1 ? 1 : 0;
        sent++;
      }
    }
    return sent;
  }

  /** How many calls have ended since it was asked last. */
  long takeEnded() {
    long count = ended;
    ended = 0;
    return count;
  }
}
