package io.callscope.counters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The counters of several service instances as one set: values add up, and so do extremes, which
 * the sum of the values has never been beyond, since each instance may have had its own at another
 * time. Filled by one thread and then only read. Groups come by name, counters in the order in
 * which they came.
 */
public final class CounterTable {
  private final TreeMap<String, Map<String, Row>> groups = new TreeMap<>();

  /**
   * One counter.
   *
   * @param group dotted name of its group
   * @param min where the kind keeps it, else without meaning
   * @param max likewise
   */
  public record Row(
      String group,
      String name,
      CounterKind kind,
      String description,
      long value,
      long min,
      long max) {

    /** For example {@code pkt_stats.udp}. */
    public String fullName() {
      return group + "." + name;
    }

    private Row plus(Row other) {
      return kind.addsUp()
          ? with(value + other.value, min + other.min, max + other.max)
          : with(Math.max(value, other.value), Math.min(min, other.min), Math.max(max, other.max));
    }

    /** This one had ended when the other began. */
    private Row then(Row other) {
      long sum = kind.addsUp() ? value + other.value : Math.max(value, other.value);
      return with(sum, Math.min(min, other.min), Math.max(max, other.max));
    }

    private Row ended() {
      return kind.isGauge() ? with(0, min, max) : this;
    }

    private Row with(long newValue, long newMin, long newMax) {
      return new Row(group, name, kind, description, newValue, newMin, newMax);
    }
  }

  /** Adds the counter of one instance. */
  public void add(
      String group,
      String name,
      CounterKind kind,
      String description,
      long value,
      long min,
      long max) {
    merge(new Row(group, name, kind, description, value, min, max), Row::plus);
  }

  /** Adds all counters of a group of this process. */
  public void add(CounterGroup group) {
    add(group.name(), group);
  }

  /** Adds all counters of a group of this process to a group of that name. */
  public void add(String name, CounterGroup group) {
    merge(name, group, Row::plus);
  }

  /** Adds a group that began when what there is of it had ended: not its extremes. */
  public void addLater(CounterGroup group) {
    merge(group.name(), group, Row::then);
  }

  /** Adds the counters of other instances. */
  public void add(CounterTable other) {
    other.groups.values().forEach(rows -> rows.values().forEach(row -> merge(row, Row::plus)));
  }

  /** Adds counters that began when what there is of them had ended. */
  public void addLater(CounterTable other) {
    other.groups.values().forEach(rows -> rows.values().forEach(row -> merge(row, Row::then)));
  }

  /** What is left when all of these instances have ended: what they held is held no more. */
  public CounterTable ended() {
    CounterTable left = new CounterTable();
    groups
        .values()
        .forEach(rows -> rows.values().forEach(row -> left.merge(row.ended(), Row::plus)));
    return left;
  }

  private void merge(String name, CounterGroup group, BinaryOperator<Row> how) {
    List<CounterGroup.Definition> definitions = group.definitions();
    for (int i = 0; i < definitions.size(); i++) {
      CounterGroup.Definition d = definitions.get(i);
      Row row =
          new Row(
              name,
              d.name(),
              d.kind(),
              d.description(),
              group.value(i),
              group.min(i),
              group.max(i));
      merge(row, how);
    }
  }

  private void merge(Row row, BinaryOperator<Row> how) {
    groups.computeIfAbsent(row.group(), key -> new LinkedHashMap<>()).merge(row.name(), row, how);
  }

  /** What there is as groups, which nobody writes to. */
  public List<CounterGroup> asGroups() {
    List<CounterGroup> all = new ArrayList<>();
    groups.forEach((name, rows) -> all.add(group(name, rows.values())));
    return all;
  }

  private static CounterGroup group(String name, Collection<Row> rows) {
    CounterGroup.Builder builder = new CounterGroup.Builder(name);
    rows.forEach(row -> builder.add(row.name(), row.kind(), row.description()));
    CounterGroup group = builder.build();
    int counter = 0;
    for (Row row : rows) {
      // It keeps the extremes of what it is set to.
      group.set(counter, row.kind().keepsMax() ? row.max() : row.value());
      group.set(counter, row.kind().keepsMin() ? row.min() : row.value());
      group.set(counter++, row.value());
    }
    return group;
  }

  /** Names of the groups that have counters of their own, sorted. */
  public Collection<String> groups() {
    return groups.keySet();
  }

  /** The counters of one group without its sub-groups; none if there is no such group. */
  public Collection<Row> rows(String group) {
    return groups.getOrDefault(group, Map.of()).values();
  }

  /** Whether a group of that name, or a sub-group of it, has counters. */
  public boolean hasGroup(String group) {
    return !within(group).isEmpty();
  }

  /** That group, if it has counters of its own, and all its sub-groups, sorted. */
  public List<String> within(String group) {
    List<String> names = new ArrayList<>();
    for (String name : groups.tailMap(group).keySet()) {
      if (name.equals(group) || name.startsWith(group + ".")) {
        names.add(name);
      }
    }
    return names;
  }

  /** The counter of a dotted name, or null. */
  public Row find(String fullName) {
    int dot = fullName.lastIndexOf('.');
    return dot < 0
        ? null
        : groups
            .getOrDefault(fullName.substring(0, dot), Map.of())
            .get(fullName.substring(dot + 1));
  }

  /** The value of a counter, 0 if there is none. */
  public long value(String fullName) {
    Row row = find(fullName);
    return row == null ? 0 : row.value();
  }
}
