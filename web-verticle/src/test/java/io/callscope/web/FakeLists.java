package io.callscope.web;

import io.callscope.bus.EventTime;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Answers list queries as the services do: order, skip, limit, keys, pieces. Filters are taken as
 * said.
 */
final class FakeLists {
  private static final Map<String, String> FIELDS =
      Map.of("cid", "callId", "", "created", "client", "client", "rate0", "total");

  private FakeLists() {}

  static JsonObject answer(JsonObject query, List<JsonObject> all, String list) {
    String sort = query.getString("sort", "");
    String field = FIELDS.getOrDefault(sort, sort);
    Comparator<JsonObject> order = Comparator.comparing(one -> key(one, field));
    boolean descending = query.getBoolean("descending", false);
    List<JsonObject> page =
        all.stream()
            .sorted(descending ? order.reversed() : order)
            .skip(query.getInteger("from", query.getInteger("skip", 0)))
            .limit(query.getInteger("limit", 100))
            .toList();
    JsonObject answer = new JsonObject().put("matches", all.size()).put("entries", all.size());
    if (query.containsKey("from")) {
      int next = query.getInteger("from") + page.size();
      answer.put("owner", "tracker.0/0").put("next", next < all.size() ? next : null);
    }
    String show = query.getString("show", "entries");
    if (!show.equals("entries")) {
      answer.put("keys", new JsonArray(page.stream().map(one -> raw(one, field)).toList()));
    }
    if (!show.equals("keys")) {
      answer.put(list, new JsonArray(page));
    }
    return answer;
  }

  private static Object raw(JsonObject one, String field) {
    Object value = one.getValue(field, "");
    return field.equals("created") && value instanceof String time ? EventTime.nanos(time) : value;
  }

  private static String key(JsonObject one, String field) {
    Object value = raw(one, field);
    return value instanceof Number number
        ? String.format("%020d", number.longValue())
        : String.valueOf(value);
  }
}
