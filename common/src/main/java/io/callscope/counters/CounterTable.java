package io.callscope.counters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of several service instances as one set: values add up, extremes are those of all.
 * Filled by one thread and then only read. Groups come by name, counters in the order in which they
 * came.
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
      long sum = kind == CounterKind.MAX_ONLY ? Math.max(value, other.value) : value + other.value;
      return new Row(
          group, name, kind, description, sum, Math.min(min, other.min), Math.max(max, other.max));
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
    groups
        .computeIfAbsent(group, key -> new LinkedHashMap<>())
        .merge(name, new Row(group, name, kind, description, value, min, max), Row::plus);
  }

  /** Adds all counters of a group of this process. */
  public void add(CounterGroup group) {
    add(group.name(), group);
  }

  /** Adds all counters of a group of this process to a group of that name. */
  public void add(String name, CounterGroup group) {
    List<CounterGroup.Definition> definitions = group.definitions();
    for (int i = 0; i < definitions.size(); i++) {
      CounterGroup.Definition d = definitions.get(i);
      add(name, d.name(), d.kind(), d.description(), group.value(i), group.min(i), group.max(i));
    }
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
