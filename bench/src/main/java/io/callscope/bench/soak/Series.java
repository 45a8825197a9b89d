package io.callscope.bench.soak;

import java.util.ArrayList;
import java.util.List;

/** How something that the program takes went over time. */
final class Series {
  private final String name;
  private final long unit;

  /** What it may grow by from the middle third to the last, as a share, and in all cases. */
  private final double slackShare;

  private final long slack;
  private final List<Long> values = new ArrayList<>();

  Series(String name, long unit, double slackShare, long slack) {
    this.name = name;
    this.unit = unit;
    this.slackShare = slackShare;
    this.slack = slack;
  }

  void add(long value) {
    values.add(value);
  }

  String name() {
    return name;
  }

  /**
   * In the first, middle or last third, in its unit: the median, which a single peak does not move.
   */
  long third(int number) {
    return median(number) / unit;
  }

  private long median(int third) {
    int from = values.size() * third / 3;
    int to = Math.max(from + 1, values.size() * (third + 1) / 3);
    List<Long> sorted =
        values.subList(Math.min(from, values.size() - 1), Math.min(to, values.size())).stream()
            .sorted()
            .toList();
    return sorted.get(sorted.size() / 2);
  }

  long most() {
    return values.stream().mapToLong(v -> v).max().orElse(0) / unit;
  }

  boolean grows() {
    long middle = median(1);
    return median(2) > middle + Math.max(slack, (long) (slackShare * middle));
  }
}
