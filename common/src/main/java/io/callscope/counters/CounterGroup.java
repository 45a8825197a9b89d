package io.callscope.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A named group of counters with one writer thread and any number of readers. Writing costs a plain
 * store; a reader sees each value whole and soon, not all values of one instant.
 *
 * <p>A counter is an int handle from {@link Builder#add}, in order of registration, which is also
 * the order of output.
 */
public final class CounterGroup {
  private final String name;
  private final List<Definition> definitions;
  private final AtomicLongArray values;
  private final AtomicLongArray minima;
  private final AtomicLongArray maxima;

  /** Of which counters extremes are kept: looked up at each count. */
  private final boolean[] keepsExtremes;

  private CounterGroup(String name, List<Definition> definitions) {
    this.name = name;
    this.definitions = definitions;
    values = new AtomicLongArray(definitions.size());
    minima = new AtomicLongArray(definitions.size());
    maxima = new AtomicLongArray(definitions.size());
    keepsExtremes = new boolean[definitions.size()];
    for (int i = 0; i < definitions.size(); i++) {
      minima.setPlain(i, Long.MAX_VALUE);
      keepsExtremes[i] = definitions.get(i).kind() != CounterKind.COUNTER;
    }
  }

  /** What one counter is. */
  public record Definition(String name, CounterKind kind, String description) {}

  /** Collects definitions; the handle of a counter is its place. */
  public static final class Builder {
    private static final int REPLY_CLASSES = 10;

    private final String name;
    private final List<Definition> definitions = new ArrayList<>();

    /**
     * @param name dotted name of the group, for example {@code pkt_stats}
     */
    public Builder(String name) {
      this.name = name;
    }

    public int add(String counter, CounterKind kind, String description) {
      definitions.add(new Definition(counter, kind, description));
      return definitions.size() - 1;
    }

    public int add(String counter, String description) {
      return add(counter, CounterKind.COUNTER, description);
    }

    /**
     * Adds a counter for each reason of an error, from 0 on, which follow each other.
     *
     * @param description of all of them, to which the number of the reason is added
     * @return the first
     */
    public int addReasons(String prefix, String description, int count) {
      int first = definitions.size();
      for (int i = 0; i < count; i++) {
        add(prefix + i, description + " of reason " + i);
      }
      return first;
    }

    /** Adds a counter for each class of replies, {@code 0XX} to {@code 9XX}; the first. */
    public int addReplyClasses(String prefix) {
      int first = add(prefix + "0XX", "replies below 100");
      for (int i = 1; i < REPLY_CLASSES; i++) {
        add(prefix + i + "XX", "replies from " + i + "00 to " + i + "99");
      }
      return first;
    }

    public CounterGroup build() {
      return new CounterGroup(name, List.copyOf(definitions));
    }
  }

  public String name() {
    return name;
  }

  public List<Definition> definitions() {
    return definitions;
  }

  /** Adds one. The writer's thread only, as all that follow. */
  public void increment(int counter) {
    add(counter, 1);
  }

  public void add(int counter, long by) {
    set(counter, values.getPlain(counter) + by);
  }

  public void set(int counter, long value) {
    values.setOpaque(counter, value);
    if (keepsExtremes[counter]) {
      keepExtremes(counter, value);
    }
  }

  private void keepExtremes(int counter, long value) {
    if (value > maxima.getPlain(counter)) {
      maxima.setOpaque(counter, value);
    }
    if (value < minima.getPlain(counter)) {
      minima.setOpaque(counter, value);
    }
  }

  public long value(int counter) {
    return values.getOpaque(counter);
  }

  public long max(int counter) {
    return maxima.getOpaque(counter);
  }

  /** The smallest value set so far, 0 before the first. */
  public long min(int counter) {
    long min = minima.getOpaque(counter);
    return min == Long.MAX_VALUE ? 0 : min;
  }
}
