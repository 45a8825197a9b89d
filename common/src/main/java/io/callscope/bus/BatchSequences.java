package io.callscope.bus;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows which batches of each source were followed: one whose acknowledgement got lost comes again.
 * One thread.
 */
public final class BatchSequences {
  /** Ended sources that are remembered: their last batch may come again for a while. */
  private static final int MAX_ENDED = 1000;

  private final Map<String, Long> running = new HashMap<>();
  private final Map<String, Long> ended = new LinkedHashMap<>();

  /** Notes a batch; true if it has been noted before. */
  public boolean isRepeated(SipBatch batch) {
    String source = batch.source();
    Long last = running.get(source);
    Long end = ended.get(source);
    boolean repeated =
        last != null
            ? batch.sequence() <= last
            : end != null && batch.isLast() && batch.sequence() == end;
    if (!repeated) {
      note(batch, source);
    }
    return repeated;
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
}
