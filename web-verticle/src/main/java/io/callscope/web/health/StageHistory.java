package io.callscope.web.health;

import io.callscope.web.health.StageWatch.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * The figures of a stage in the last minute. Those of two services are never of the same moment, so
 * under traffic they always differ. But what came in three seconds ago must have been handled by
 * now; if at no time of a minute it was, it is not on its way. Where nothing moves any more three
 * seconds tell.
 */
final class StageHistory {
  /** Every service tells its figures each second. */
  private static final long ON_ITS_WAY_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Deque<Sample> samples = new ArrayDeque<>();
  private long sameSinceNanos;
  private long lost;
  private long lostNanos;

  /**
   * @param done handled, refused or lost
   */
  private record Sample(long nanos, long in, long done, long waiting) {}

  void add(Stage stage, long nowNanos) {
    Sample sample = new Sample(nowNanos, stage.in(), stage.in() - stage.open(), stage.waiting());
    Sample last = samples.peekLast();
    if (last == null || last.in != sample.in || last.done != sample.done) {
      sameSinceNanos = nowNanos;
    }
    if (last == null || stage.lostTotal() > lost) {
      lostNanos = nowNanos;
    }
    lost = Math.max(lost, stage.lostTotal()); // what an instance told comes back with the next
    samples.add(sample);
    while (nowNanos - samples.getFirst().nanos > SURE_NANOS + ON_ITS_WAY_NANOS) {
      samples.removeFirst();
    }
  }

  Verdict verdict(long nowNanos) {
    Sample last = samples.getLast();
    boolean still = nowNanos - sameSinceNanos >= ON_ITS_WAY_NANOS;
    return new Verdict(still ? last.in - last.done : missing(), nowNanos - lostNanos);
  }

  /** The least that was missing, or too many, in all of a minute; 0 if it was so less long. */
  private long missing() {
    long newest = samples.getLast().nanos;
    if (newest - samples.getFirst().nanos < SURE_NANOS) {
      return 0;
    }
    long missing = Long.MAX_VALUE;
    long excess = Long.MAX_VALUE;
    Iterator<Sample> earlier = samples.iterator();
    Sample before = earlier.next();
    Sample next = earlier.next();
    for (Sample sample : samples) {
      while (sample.nanos - next.nanos >= ON_ITS_WAY_NANOS) {
        before = next;
        next = earlier.next();
      }
      if (sample.nanos - before.nanos >= ON_ITS_WAY_NANOS) {
        missing = Math.min(missing, before.in - sample.done - sample.waiting);
        excess = Math.min(excess, before.done - sample.in);
      }
    }
    return missing > 0 ? missing : -Math.max(0, excess);
  }
}
