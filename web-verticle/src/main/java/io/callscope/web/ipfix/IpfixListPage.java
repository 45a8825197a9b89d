package io.callscope.web.ipfix;

import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.gather.TrackerQueries.Gathered;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.callscope.web.list.Pages;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code /ipfix/list}: the connections of SBCs, newest first. */
public final class IpfixListPage implements Page {
  private static final String PATH = "/ipfix/list";
  private static final int DEFAULT_MAX = 1000;
  private static final int MOST = 100_000;
  private static final int MOST_ENDED = 100;
  private static final String DISABLED =
      "IPFIX is disabled: no collector runs; start one with -ipfix_port 4739";

  private final Questions collectors;
  private final BooleanSupplier several;

  /**
   * @param collectors each answers for the connections of its process
   * @param several whether they may be in more than one process
   */
  public IpfixListPage(Questions collectors, BooleanSupplier several) {
    this.collectors = collectors;
    this.several = several;
  }

  /** What the template shows. */
  record Model(
      List<ConnectionView> rows,
      List<ConnectionView> ended,
      String listening,
      boolean disabled,
      String sbc,
      Pages pages,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    long max =
        Math.max(0, orElse(params.integer("n", Long.MIN_VALUE, Long.MAX_VALUE), DEFAULT_MAX));
    long start = params.number("s", 0, Integer.MAX_VALUE);
    String sbc = params.first("sbc");
    List<String> errors = params.finish();
    if (!errors.isEmpty()) {
      Model model =
          new Model(List.of(), List.of(), "", false, sbc, pages("", 0, 0, 0, 0), List.of(), errors);
      return Future.succeededFuture(Lists.wrong("IPFIX", "ipfix-list", model, errors));
    }
    boolean cut = max > MOST;
    int shown = (int) Math.min(max, MOST);
    // Of several, any may have all the newest ones.
    boolean merged = several.getAsBoolean();
    JsonObject query = new JsonObject().put("query", "connections").put("sbc", sbc);
    query
        .put("skip", merged ? 0 : start)
        .put("limit", merged ? Math.min(MOST, start + shown) : shown);
    return collectors
        .ask(query)
        .map(gathered -> answer(gathered, sbc, start, shown, cut, merged ? start : 0));
  }

  private static long orElse(Long given, long absent) {
    return given == null ? absent : given;
  }

  private static Pages pages(String sbc, long start, int max, int rows, long total) {
    ListQuery query = new ListQuery(max, start, false, filters(sbc), "", false);
    return Pages.of(query, PATH, rows, total);
  }

  private static List<ListQuery.Filter> filters(String sbc) {
    return sbc.isEmpty() ? List.of() : List.of(new ListQuery.Filter("sbc", sbc, null));
  }

  private static Answer answer(
      Gathered gathered, String sbc, long start, int max, boolean cut, long skip) {
    boolean disabled =
        gathered.parts().isEmpty() && gathered.silent().stream().noneMatch(s -> s.timeout());
    List<JsonObject> connections =
        list(gathered, "connections", "since").skip(skip).limit(max).toList();
    List<JsonObject> ended = list(gathered, "ended", "ended").limit(MOST_ENDED).toList();
    long total = 0;
    List<String> listening = new ArrayList<>();
    for (TrackerQueries.Part part : gathered.parts()) {
      JsonArray own = part.body().getJsonArray("connections", new JsonArray());
      total += part.body().getLong("total", (long) own.size());
      for (Object address : part.body().getJsonArray("listening", new JsonArray())) {
        listening.add(Shown.plain(String.valueOf(address)));
      }
    }
    long all = total;
    Model model =
        new Model(
            connections.stream().map(ConnectionView::of).toList(),
            ended.stream().map(ConnectionView::of).toList(),
            String.join(", ", listening),
            disabled,
            Shown.brief(sbc),
            pages(sbc, start, max, connections.size(), all),
            disabled ? List.of() : gathered.silent(),
            List.of());
    JsonObject json =
        new JsonObject()
            .put("sbc", sbc)
            .put("start", start)
            .put("max", max)
            .put("enabled", !disabled)
            .put("listening", new JsonArray(listening))
            .put("total", all)
            .put("connections", new JsonArray(connections))
            .put("ended", new JsonArray(ended))
            .put("silent", TrackerQueries.json(disabled ? List.of() : gathered.silent()));
    return new Answer(
        disabled ? 200 : gathered.status(),
        "IPFIX",
        "ipfix-list",
        model,
        () -> text(model, connections, ended, start, all, cut),
        () -> json);
  }

  /** Those of all collectors, newest first; those of one as they come. */
  private static Stream<JsonObject> list(Gathered gathered, String name, String time) {
    List<JsonObject> list = new ArrayList<>();
    for (TrackerQueries.Part part : gathered.parts()) {
      part.body().getJsonArray(name, new JsonArray()).forEach(one -> list.add((JsonObject) one));
    }
    if (gathered.parts().size() > 1) {
      list.sort(
          Comparator.comparing((JsonObject one) -> Times.read(one.getString(time, ""))).reversed());
    }
    return list.stream();
  }

  private static String text(
      Model model,
      List<JsonObject> connections,
      List<JsonObject> ended,
      long start,
      long total,
      boolean cut) {
    StringBuilder text = new StringBuilder();
    if (model.disabled) {
      return text.append("ERROR: ").append(DISABLED).append('\n').toString();
    }
    TrackerQueries.append(text, model.silent);
    if (cut) {
      text.append("n cut to ").append(MOST).append('\n');
    }
    text.append("IPFIX: ")
        .append(model.listening)
        .append(" (")
        .append(connections.size())
        .append('/')
        .append(total)
        .append(")\n");
    long nowNanos = System.currentTimeMillis() * 1_000_000;
    for (int i = 0; i < connections.size(); i++) {
      ConnectionView.append(text, start + i, i, connections.get(i), nowNanos);
    }
    if (!ended.isEmpty()) {
      text.append("Ended connections (").append(ended.size()).append(")\n");
    }
    for (int i = 0; i < ended.size(); i++) {
      ConnectionView.append(text, i, i, ended.get(i), nowNanos);
    }
    return text.toString();
  }
}
