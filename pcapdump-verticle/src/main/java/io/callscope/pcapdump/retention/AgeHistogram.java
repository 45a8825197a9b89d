package io.callscope.pcapdump.retention;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many bytes were last written to when, in a bounded number of spans of time: enough to say
 * which files are the oldest without a list of all. One thread.
 */
final class AgeHistogram {
  private static final int MAX_SPANS = 16_384;

  private final TreeMap<Long, Long> bytesBySpan = new TreeMap<>();
  private long spanMillis = 1;
  private long total;

  void add(long modifiedMillis, long bytes) {
    total += bytes;
    bytesBySpan.merge(Math.floorDiv(modifiedMillis, spanMillis), bytes, Long::sum);
    if (bytesBySpan.size() > MAX_SPANS) {
      widen();
    }
  }

  private void widen() {
    Map<Long, Long> old = new TreeMap<>(bytesBySpan);
    bytesBySpan.clear();
    spanMillis *= 2;
    old.forEach((span, bytes) -> bytesBySpan.merge(Math.floorDiv(span, 2), bytes, Long::sum));
  }

  long total() {
    return total;
  }

  /**
   * The time up to which files must go so that so many bytes do.
   *
   * @return ms since 1970, before all for 0 bytes
   */
  long cutoffMillis(long bytes) {
    long gone = 0;
    for (Map.Entry<Long, Long> span : bytesBySpan.entrySet()) {
      if (gone >= bytes) {
        return span.getKey() * spanMillis - 1;
      }
      gone += span.getValue();
    }
    return bytes <= 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
