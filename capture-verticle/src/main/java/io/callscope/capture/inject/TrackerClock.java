package io.callscope.capture.inject;

import io.callscope.bus.EventTime;
import io.callscope.bus.SourceNames;
import io.callscope.query.Fields;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the trackers say of the time.
 *
 * @param nanos the latest of their clocks, 0 if they have none yet
 * @param sources that have begun and not ended
 */
public record TrackerClock(long nanos, Set<String> sources) {

  /** Of the answers to the query {@code tables}; those that did not answer are empty. */
  public static TrackerClock of(Collection<Map<String, Object>> answers) {
    long nanos = 0;
    Set<String> sources = new TreeSet<>();
    for (Map<String, Object> answer : answers) {
      Fields fields = new Fields(answer);
      nanos = Math.max(nanos, EventTime.nanos(fields.text("clock", EventTime.text(0))));
      fields.list("sources").forEach(name -> sources.add(String.valueOf(name)));
    }
    return new TrackerClock(nanos, sources);
  }

  /** The clock, or the wall clock where nothing was tracked yet. */
  public long or(long wallNanos) {
    return nanos > 0 ? nanos : wallNanos;
  }

  boolean isLive() {
    return sources.stream().anyMatch(SourceNames::isLive);
  }

  /** A source of files: the clock goes as fast as it reads. */
  Optional<String> file() {
    return sources.stream().filter(SourceNames::isFile).findFirst();
  }
}
