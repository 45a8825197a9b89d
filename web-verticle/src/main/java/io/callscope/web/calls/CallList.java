package io.callscope.web.calls;

import io.callscope.config.CallStateTimeout;
import io.callscope.web.http.Params;
import io.callscope.web.list.Column;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.TrackerListPage;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code /calls/list}: the tracked calls, oldest first or sorted. */
public final class CallList {
  /** What the list can be filtered by. */
  public static final List<Field> FILTERS =
      List.of(
          new Field("cid", "Call-ID", ""),
          new Field("ftag", "From tag", ""),
          new Field("ttag", "To tag", ""),
          new Field("key", "Call-ID + tags", ""),
          new Field("state", "State", ""));

  /** Names of the filters. */
  public static final List<String> FIELDS = FILTERS.stream().map(Field::name).toList();

  private static final List<String> SORTS =
      List.of(
          "cid",
          "from",
          "to",
          "method",
          "state",
          "status",
          "client",
          "server",
          "expires",
          "messages");

  /** Names of the states, long and short. */
  private static final List<String> STATES =
      Arrays.stream(CallStateTimeout.values())
          .flatMap(state -> Stream.of(state.longName(), state.shortName()))
          .distinct()
          .toList();

  public static final TrackerListPage.Kind KIND =
      new TrackerListPage.Kind(
          "/calls/list",
          "Calls",
          "call-list",
          "calls",
          FILTERS,
          SORTS,
          List.of(
              Column.Kind.number("#", ""),
              Column.Kind.sorted("State", "state"),
              Column.Kind.sorted("Method", "method"),
              Column.Kind.sorted("From \u2192 To", "from"),
              Column.Kind.sorted("Call-ID", "cid"),
              Column.Kind.plain("Created"),
              Column.Kind.sorted("Ends", "client"),
              Column.Kind.number("Status", "status"),
              Column.Kind.sorted("Messages", "messages")),
          CallList::hold,
          CallList::row,
          (number, entry) -> new JsonCall(entry).line(number));

  private CallList() {}

  /** A row of the table. */
  record Row(
      long number,
      String callId,
      String href,
      String method,
      Badge state,
      String from,
      String to,
      String client,
      String server,
      String status,
      String created,
      String trace,
      List<String> registered) {}

  /**
   * Finds a filter that no call can pass: it is misspelt.
   *
   * @param params whose errors tell of it
   */
  public static void hold(Params params, ListQuery query) {
    query.hold(params, "state", false, STATES);
  }

  private static Row row(long number, JsonObject entry) {
    JsonCall call = new JsonCall(entry);
    return new Row(
        number,
        call.text("callId"),
        call.href(),
        call.text("method"),
        Badge.ofState(call.raw("state")),
        call.text("from"),
        call.text("to"),
        call.client(),
        call.server(),
        call.pair("status"),
        Times.moment(call.time("created")),
        call.text("messageTrace"),
        call.bindings().stream().map(binding -> binding.getString("aor", "")).toList());
  }
}
