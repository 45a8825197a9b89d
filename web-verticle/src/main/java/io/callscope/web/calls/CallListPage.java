package io.callscope.web.calls;

import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /calls/list}: the tracked calls, oldest first. */
public final class CallListPage implements Page {
  public static final List<String> FIELDS = List.of("cid", "ftag", "ttag", "key", "state");
  private static final List<String> LABELS =
      List.of("Call-ID", "From tag", "To tag", "Call-ID + tags", "State");

  /** Each partition must send all before the start too, so it cannot be anywhere. */
  private static final long MOST_START = 1_000_000;

  private final TrackerQueries trackers;

  public CallListPage(TrackerQueries trackers) {
    this.trackers = trackers;
  }

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
      String trace) {}

  /** What the template shows. */
  record Model(
      List<Row> rows,
      List<Field> fields,
      boolean regex,
      int max,
      boolean filtered,
      String summary,
      String next,
      String previous,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    ListQuery query = ListQuery.read(asked.params(), FIELDS, MOST_START);
    List<String> errors = asked.params().errors();
    if (!errors.isEmpty()) {
      return Future.succeededFuture(
          Lists.wrong("Calls", "call-list", model(query, List.of(), 0, List.of(), errors), errors));
    }
    long start = Math.max(query.start(), 0);
    JsonObject question =
        new JsonObject()
            .put("query", "calls")
            .put("filters", query.filtersJson())
            .put("skip", 0)
            .put("limit", start + query.max());
    return trackers.ask(question).map(gathered -> answer(query, start, gathered));
  }

  private static Answer answer(ListQuery query, long start, TrackerQueries.Gathered gathered) {
    List<JsonCall> all = new ArrayList<>();
    long matches = 0;
    long entries = 0;
    for (TrackerQueries.Part part : gathered.parts()) {
      matches += part.body().getLong("matches", 0L);
      entries += part.body().getLong("entries", 0L);
      all.addAll(JsonCall.list(part.body()));
    }
    List<JsonCall> calls =
        all.stream().sorted(JsonCall.OLDEST_FIRST).skip(start).limit(query.max()).toList();
    long matching = matches;
    long known = entries;
    return new Answer(
        gathered.status(),
        "Calls",
        "call-list",
        model(query, calls, matching, gathered.silent(), List.of()),
        () -> text(query, start, calls, gathered.silent()),
        () -> json(query, start, calls, matching, known, gathered.silent()));
  }

  private static Model model(
      ListQuery query,
      List<JsonCall> calls,
      long matches,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {
    long start = Math.max(query.start(), 0);
    List<Row> rows = new ArrayList<>();
    for (JsonCall call : calls) {
      rows.add(row(start + rows.size(), call));
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < FIELDS.size(); i++) {
      fields.add(new Field(FIELDS.get(i), LABELS.get(i), query.value(FIELDS.get(i))));
    }
    long end = start + rows.size();
    String summary =
        rows.isEmpty() ? matches + " match" : start + "–" + (end - 1) + " of " + matches;
    return new Model(
        rows,
        fields,
        query.regex(),
        query.max(),
        !query.filters().isEmpty(),
        summary,
        !rows.isEmpty() && end < matches ? "/calls/list" + query.from(end) : "",
        start > 0 ? "/calls/list" + query.from(Math.max(start - query.max(), 0)) : "",
        silent,
        errors);
  }

  private static Row row(long number, JsonCall call) {
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
        call.text("messageTrace"));
  }

  private static String text(
      ListQuery query, long start, List<JsonCall> calls, List<TrackerQueries.Silent> silent) {
    StringBuilder text = new StringBuilder("Calls: ").append(query.line()).append('\n');
    TrackerQueries.append(text, silent);
    long number = start;
    for (JsonCall call : calls) {
      text.append(call.line(number++));
    }
    return text.toString();
  }

  private static JsonObject json(
      ListQuery query,
      long start,
      List<JsonCall> calls,
      long matches,
      long entries,
      List<TrackerQueries.Silent> silent) {
    JsonArray list = new JsonArray();
    calls.forEach(call -> list.add(call.json()));
    return new JsonObject()
        .put("start", start)
        .put("max", query.max())
        .put("filters", query.filtersJson())
        .put("matches", matches)
        .put("entries", entries)
        .put("calls", list)
        .put("silent", TrackerQueries.json(silent));
  }
}
