package io.callscope.bus;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows which batches of each source were followed: one whose acknowledgement got lost comes again.
 * A source that starts anew under its name has higher numbers than before, so that its batches are
 * not taken for old ones if its last one never came. One thread.
 */
public final class BatchSequences {
  /** Ended sources that are remembered: their last batch may come again for a while. */
  private static final int MAX_ENDED = 1000;

  /** Numbers of a start; more run into those of the next millisecond, long after it. */
  private static final int START_BITS = 20;

  private static final long NUMBER = (1L << START_BITS) - 1;

  // So that starts rise even where the clock of the day is set back.
  private static final long ZERO_MILLIS = System.currentTimeMillis() - monotonicMillis();
  private static final AtomicLong LAST_START = new AtomicLong();

  private final Map<String, Long> running = new HashMap<>();
  private final Map<String, Long> ended = new LinkedHashMap<>();
  private long missing;

  /** What to do with a batch. */
  public enum Turn {
    /** It is the next of its source; it has been noted. */
    NEXT,

    /** It was followed before. */
    REPEATED,

    /** One before it is still to come: it must come again behind that. */
    EARLY
  }

  /** The number of the first batch of a source that starts now, in ms since 1970. Any thread. */
  public static long first() {
    long nowMillis = ZERO_MILLIS + monotonicMillis();
    return LAST_START.updateAndGet(last -> Math.max(last + 1, nowMillis)) << START_BITS;
  }

  private static long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /**
   * Notes a batch whose turn it is.
   *
   * @param isFirst whether all that its source has sent before is acknowledged. If there is a gap
   *     before it all the same, what lies there was followed by somebody whose memory is lost
   */
  public Turn turn(SipBatch batch, boolean isFirst) {
    String source = batch.source();
    Long last = running.get(source);
    Long end = ended.get(source);
    if (last == null && end != null && batch.isLast() && batch.sequence() == end) {
      return Turn.REPEATED;
    }
    if (last != null && batch.sequence() <= last) {
      return Turn.REPEATED;
    }
    boolean follows = last != null && batch.sequence() == last + 1;
    if (!follows && !isFirst) {
      return Turn.EARLY;
    }
    if (last != null) {
      // Between two starts of a source there is nothing.
      missing += Math.min(batch.sequence() - last - 1, batch.sequence() & NUMBER);
    }
    note(batch, source);
    return Turn.NEXT;
  }

  /** Sources that have not ended, with their last batch. */
  public Map<String, Long> running() {
    return Collections.unmodifiableMap(running);
  }

  /** Sources that have ended, with their last batch, in the order of their end. */
  public Map<String, Long> ended() {
    return Collections.unmodifiableMap(ended);
  }

  /** Goes on where another left off. */
  public void restore(Map<String, Long> runningSources, Map<String, Long> endedSources) {
    running.putAll(runningSources);
    ended.putAll(endedSources);
  }

  private void note(SipBatch batch, String source) {
    ended.remove(source);
    if (!batch.isLast()) {
      running.put(source, batch.sequence());
      return;
    }
    running.remove(source);
    if (ended.size() >= MAX_ENDED) {
      ended.remove(ended.keySet().iterator().next());
    }
    ended.put(source, batch.sequence());
  }

  /** Nothing more will come of a source. */
  public void forget(String source) {
    running.remove(source);
  }

  /** Batches that were acknowledged by somebody else and are not known here. */
  public long missing() {
    return missing;
  }
}
