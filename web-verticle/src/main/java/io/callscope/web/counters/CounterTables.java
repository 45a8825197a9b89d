package io.callscope.web.counters;

import io.callscope.bus.CounterJson;
import io.callscope.counters.CounterTable;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** Counter tables from the snapshots on the bus, and what a page does with them. */
final class CounterTables {
  private CounterTables() {}

  static CounterTable of(Collection<JsonObject> snapshots) {
    CounterTable table = new CounterTable();
    snapshots.forEach(snapshot -> CounterJson.addTo(table, snapshot));
    return table;
  }

  /** The figures of some groups with those below them, and of single counters, by dotted names. */
  static CounterTable only(CounterTable table, List<String> groups, List<String> counters) {
    CounterTable some = new CounterTable();
    for (String group : table.groups()) {
      for (CounterTable.Row row : table.rows(group)) {
        boolean wanted =
            groups.stream().anyMatch(root -> group.equals(root) || group.startsWith(root + "."))
                || counters.contains(row.fullName());
        if (wanted) {
          some.add(
              group, row.name(), row.kind(), row.description(), row.value(), row.min(), row.max());
        }
      }
    }
    return some;
  }

  static long sum(CounterTable table, String group, String... counters) {
    long sum = 0;
    for (String counter : counters) {
      sum += table.value(group + "." + counter);
    }
    return sum;
  }

  /** Tells which part of a dotted name was found and which was not. */
  static String unknown(CounterTable table, String what, String name) {
    String found = "";
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (table.hasGroup(name.substring(0, dot))) {
        found = name.substring(0, dot + 1);
      }
    }
    return what
        + " "
        + Shown.quoted(name)
        + ": found "
        + Shown.quoted(found)
        + ", not found "
        + Shown.quoted(name.substring(found.length()));
  }

  static JsonArray json(CounterTable table) {
    JsonArray all = new JsonArray();
    for (String group : table.groups()) {
      JsonArray counters = new JsonArray();
      table.rows(group).forEach(row -> counters.add(json(row)));
      all.add(new JsonObject().put("name", group).put("counters", counters));
    }
    return all;
  }

  private static JsonObject json(CounterTable.Row row) {
    JsonObject json =
        new JsonObject()
            .put("name", row.name())
            .put("kind", row.kind().name())
            .put("description", row.description())
            .put("value", row.value());
    if (row.kind().keepsMin()) {
      json.put("min", row.min());
    }
    if (row.kind().keepsMax()) {
      json.put("max", row.max());
    }
    return json;
  }
}
