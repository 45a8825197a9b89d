package io.callscope.web;

import io.callscope.counters.CounterKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of all service instances put together: groups by name, counters in order of
 * registration; values add up, extremes by their extreme.
 */
final class Figures {
  private final TreeMap<String, Map<String, Figure>> groups = new TreeMap<>();

  /** One counter over all instances. */
  record Figure(String name, CounterKind kind, String description, long value, long min, long max) {

    private Figure plus(Figure other) {
      return new Figure(
          name,
          kind,
          description,
          value + other.value,
          Math.min(min, other.min),
          Math.max(max, other.max));
    }
  }

  static Figures of(Collection<JsonObject> snapshots) {
    Figures figures = new Figures();
    for (JsonObject snapshot : snapshots) {
      for (Object group : snapshot.getJsonArray("groups", new JsonArray())) {
        figures.add((JsonObject) group);
      }
    }
    return figures;
  }

  private void add(JsonObject group) {
    Map<String, Figure> into =
        groups.computeIfAbsent(group.getString("name"), name -> new LinkedHashMap<>());
    for (Object entry : group.getJsonArray("counters", new JsonArray())) {
      JsonObject counter = (JsonObject) entry;
      long value = counter.getLong("value", 0L);
      Figure figure =
          new Figure(
              counter.getString("name"),
              CounterKind.valueOf(counter.getString("kind", "COUNTER")),
              counter.getString("description", ""),
              value,
              counter.getLong("min", value),
              counter.getLong("max", value));
      into.merge(figure.name(), figure, Figure::plus);
    }
  }

  /** The figures of some groups with those below them, and of single counters, by dotted names. */
  Figures only(List<String> roots, List<String> counters) {
    Figures some = new Figures();
    groups.forEach(
        (name, all) ->
            all.forEach(
                (counter, figure) -> {
                  if (roots.stream().anyMatch(root -> CounterText.within(name, root))
                      || counters.contains(name + "." + counter)) {
                    some.groups
                        .computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .put(counter, figure);
                  }
                }));
    return some;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  List<String> groupNames() {
    return List.copyOf(groups.keySet());
  }

  /** The counters of a group, none if it is unknown. */
  List<Figure> group(String name) {
    return List.copyOf(groups.getOrDefault(name, Map.of()).values());
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  /** A counter, or null. */
  Figure figure(String group, String counter) {
    return groups.getOrDefault(group, Map.of()).get(counter);
  }

  /** A value, 0 if the counter is unknown. */
  long value(String group, String counter) {
    Figure figure = figure(group, counter);
    return figure == null ? 0 : figure.value();
  }

  /** The sum of counters of one group. */
  long sum(String group, String... counters) {
    long sum = 0;
    for (String counter : counters) {
      sum += value(group, counter);
    }
    return sum;
  }

  JsonArray json() {
    JsonArray all = new JsonArray();
    groups.forEach(
        (name, counters) -> {
          JsonArray list = new JsonArray();
          for (Figure figure : new ArrayList<>(counters.values())) {
            JsonObject counter =
                new JsonObject()
                    .put("name", figure.name())
                    .put("kind", figure.kind().name())
                    .put("description", figure.description())
                    .put("value", figure.value());
            if (figure.kind().keepsMin()) {
              counter.put("min", figure.min());
            }
            if (figure.kind().keepsMax()) {
              counter.put("max", figure.max());
            }
            list.add(counter);
          }
          all.add(new JsonObject().put("name", name).put("counters", list));
        });
    return all;
  }
}
