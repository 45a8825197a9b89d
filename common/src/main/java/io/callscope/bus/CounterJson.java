package io.callscope.bus;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Counters as JSON, as {@code docs/bus.md} describes the payload of {@link Addresses#COUNTERS}. */
public final class CounterJson {
  private static final JsonArray NONE = new JsonArray();

  private CounterJson() {}

  /**
   * A snapshot of one service instance's counters. Any thread may take it.
   *
   * @param service one of the names of {@code docs/bus.md}
   * @param instance unique among all processes, for example {@code tracker.0}
   * @param timeMillis when it was taken, ms since 1970
   */
  public static JsonObject of(
      String service, String instance, long timeMillis, List<CounterGroup> groups) {
    JsonArray all = new JsonArray();
    groups.forEach(group -> all.add(of(group)));
    return new JsonObject()
        .put("service", service)
        .put("instance", instance)
        .put("timeMillis", timeMillis)
        .put("groups", all);
  }

  /**
   * An instance that has nothing to count any more: another has what it counted, as of uploads that
   * were read. There is no end of those, so they must not be kept.
   */
  public static boolean isEmpty(JsonObject snapshot) {
    return snapshot.getJsonArray("groups", NONE).isEmpty();
  }

  private static JsonObject of(CounterGroup group) {
    JsonArray counters = new JsonArray();
    for (int i = 0; i < group.definitions().size(); i++) {
      CounterGroup.Definition definition = group.definitions().get(i);
      CounterKind kind = definition.kind();
      JsonObject counter =
          new JsonObject()
              .put("name", definition.name())
              .put("kind", kind.name())
              .put("description", definition.description())
              .put("value", group.value(i));
      if (kind.keepsMin()) {
        counter.put("min", group.min(i));
      }
      if (kind.keepsMax()) {
        counter.put("max", group.max(i));
      }
      counters.add(counter);
    }
    return new JsonObject().put("name", group.name()).put("counters", counters);
  }

  /** Adds the counters of a snapshot to a table; what the snapshot lacks is empty or 0. */
  public static void addTo(CounterTable table, JsonObject snapshot) {
    for (Object entry : snapshot.getJsonArray("groups", new JsonArray())) {
      JsonObject group = (JsonObject) entry;
      for (Object counter : group.getJsonArray("counters", new JsonArray())) {
        add(table, group.getString("name", ""), (JsonObject) counter);
      }
    }
  }

  private static void add(CounterTable table, String group, JsonObject counter) {
    long value = counter.getLong("value", 0L);
    table.add(
        group,
        counter.getString("name", ""),
        CounterKind.valueOf(counter.getString("kind", CounterKind.COUNTER.name())),
        counter.getString("description", ""),
        value,
        counter.getLong("min", value),
        counter.getLong("max", value));
  }
}
