package io.callscope.web.counters;

import io.callscope.counters.CounterTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the packet statistics were before: each second for a minute, each ten seconds for an hour.
 * One thread; time is an argument.
 */
public final class StatsHistory {
  private static final long SECOND = 1_000_000_000L;

  /** A sample may come a little early. */
  private static final long SLACK = SECOND / 10;

  private static final String TOTAL = "total_packets";
  private static final int SECONDS = 64;
  private static final int TENS = 366;

  private final Deque<Sample> seconds = new ArrayDeque<>();
  private final Deque<Sample> tens = new ArrayDeque<>();
  private Sample last;

  /** All counters of the packet statistics at one moment. */
  private record Sample(long nanos, Map<String, Long> values) {}

  /**
   * Figures of a window.
   *
   * @param perWindow growth by name, scaled to exactly the window
   * @param nanos when the window ended
   */
  public record Rates(Map<String, Double> perWindow, long nanos) {}

  /** Takes a sample; a total that shrank means that its service began anew, and so does this. */
  public void sample(long nanos, CounterTable figures) {
    Map<String, Long> values = new HashMap<>();
    for (CounterTable.Row row : figures.rows("pkt_stats")) {
      values.put(row.name(), row.value());
    }
    if (last != null && last.values.getOrDefault(TOTAL, 0L) > values.getOrDefault(TOTAL, 0L)) {
      seconds.clear();
      tens.clear();
    }
    last = new Sample(nanos, values);
    seconds.addLast(last);
    if (seconds.size() > SECONDS) {
      seconds.removeFirst();
    }
    if (tens.isEmpty() || nanos - tens.peekLast().nanos >= 10 * SECOND - SLACK) {
      tens.addLast(last);
      if (tens.size() > TENS) {
        tens.removeFirst();
      }
    }
  }

  /** The growth in the last window of this length; null until that much was seen. */
  public Rates rates(long windowNanos) {
    Sample first = before(windowNanos);
    if (first == null) {
      return null;
    }
    double elapsed = last.nanos - first.nanos;
    Map<String, Double> rates = new HashMap<>();
    last.values.forEach(
        (name, value) -> {
          long grown = value - first.values.getOrDefault(name, 0L);
          rates.put(name, grown * (windowNanos / elapsed));
        });
    return new Rates(rates, last.nanos);
  }

  /** The latest sample that is as old as the window. */
  @SuppressWarnings("ReferenceEquality") // the very sample is meant
  private Sample before(long windowNanos) {
    Sample found = null;
    for (Deque<Sample> samples : List.of(tens, seconds)) {
      for (Sample sample : samples) {
        if (last.nanos - sample.nanos >= windowNanos - SLACK
            && (found == null || sample.nanos > found.nanos)) {
          found = sample;
        }
      }
    }
    return found != null && found.nanos == last.nanos ? null : found;
  }
}
