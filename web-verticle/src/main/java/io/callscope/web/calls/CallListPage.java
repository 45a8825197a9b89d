package io.callscope.web.calls;

import io.callscope.config.CallStateTimeout;
import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.MergedList.Merged;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.list.Column;
import io.callscope.web.list.Column.Kind;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.callscope.web.list.MergedQuery;
import io.callscope.web.list.Pages;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code /calls/list}: the tracked calls, oldest first or sorted. */
public final class CallListPage implements Page {
  private static final String PATH = "/calls/list";

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

  private static final Kind[] COLUMNS = {
    Kind.number("#", ""),
    Kind.sorted("State", "state"),
    Kind.sorted("Method", "method"),
    Kind.sorted("From \u2192 To", "from"),
    Kind.sorted("Call-ID", "cid"),
    Kind.plain("Created"),
    Kind.sorted("Ends", "client"),
    Kind.number("Status", "status"),
    Kind.sorted("Messages", "messages"),
  };

  private final MergedList trackers;

  public CallListPage(TrackerQueries trackers) {
    this.trackers = new MergedList(trackers.partitions());
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
      String trace,
      List<String> registered) {}

  /** What the template shows. */
  record Model(
      String path,
      List<Row> rows,
      List<Column> columns,
      List<Field> fields,
      boolean regex,
      int max,
      boolean filtered,
      Pages pages,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    ListQuery query = MergedQuery.read(asked.params(), FIELDS, SORTS);
    hold(asked.params(), query);
    List<String> errors = asked.params().finish();
    if (!errors.isEmpty()) {
      Merged none = new Merged(List.of(), 0, 0, List.of());
      Model model = model(query, List.of(), none, errors);
      return Future.succeededFuture(Lists.wrong("Calls", "call-list", model, errors));
    }
    return trackers.page(MergedQuery.wanted(query, "calls")).map(merged -> answer(query, merged));
  }

  /**
   * Finds a filter that no call can pass: it is misspelt.
   *
   * @param params whose errors tell of it
   */
  public static void hold(Params params, ListQuery query) {
    query.hold(params, "state", false, STATES);
  }

  private static Answer answer(ListQuery query, Merged merged) {
    List<JsonCall> calls = merged.entries().stream().map(JsonCall::new).toList();
    return new Answer(
        merged.status(),
        "Calls",
        "call-list",
        model(query, calls, merged, List.of()),
        () -> text(query, calls, merged),
        () ->
            MergedQuery.json(query, merged, "calls")
                .put("silent", TrackerQueries.json(merged.silent())));
  }

  private static Model model(
      ListQuery query, List<JsonCall> calls, Merged merged, List<String> errors) {
    List<Row> rows = new ArrayList<>();
    for (JsonCall call : calls) {
      rows.add(row(query.from() + rows.size(), call));
    }
    return new Model(
        PATH,
        rows,
        query.columns(PATH, COLUMNS),
        Pages.fields(query, FILTERS),
        query.regex(),
        query.max(),
        query.isFiltered(),
        Pages.of(query, PATH, rows.size(), merged.matches()),
        merged.silent(),
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
        call.text("messageTrace"),
        call.bindings().stream().map(binding -> binding.getString("aor", "")).toList());
  }

  private static String text(ListQuery query, List<JsonCall> calls, Merged merged) {
    StringBuilder text = new StringBuilder("Calls: ").append(query.line()).append('\n');
    TrackerQueries.append(text, merged.silent());
    long number = query.from();
    for (JsonCall call : calls) {
      text.append(call.line(number++));
    }
    return text.toString();
  }
}
