package io.callscope.web.counters;

import io.callscope.counters.CounterTable;
import io.callscope.counters.StatsBlock;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Uptime;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /stats} and {@code /stats/raw}: the statistics of capture. */
public final class StatsPage implements Page {
  private final Boards boards;
  private final Uptime uptime;
  private final boolean raw;

  public StatsPage(Boards boards, Uptime uptime, boolean raw) {
    this.boards = boards;
    this.uptime = uptime;
    this.raw = raw;
  }

  /** What the template shows. */
  record Model(
      List<StatsBlock.Row> rows,
      List<CounterTable.Row> raw,
      List<SourceView> sources,
      boolean known) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    return boards.fresh().map(this::answer);
  }

  private Answer answer(CounterTable table) {
    List<StatsBlock.Row> rows = StatsBlock.rows(table);
    List<CounterTable.Row> all = List.copyOf(table.rows("pkt_stats"));
    List<SourceView> sources = boards.sources().stream().map(SourceView::of).toList();
    return new Answer(
        200,
        raw ? "Raw statistics" : "Statistics",
        raw ? "stats-raw" : "stats",
        new Model(rows, all, sources, !all.isEmpty()),
        () -> raw ? rawText(all) : uptime(sources) + StatsBlock.text(rows),
        () -> json(rows, all));
  }

  private static String rawText(List<CounterTable.Row> all) {
    StringBuilder text = new StringBuilder();
    for (CounterTable.Row figure : all) {
      text.append(figure.name()).append(": ");
      text.append(Long.toUnsignedString(figure.value())).append('\n');
    }
    return text.toString();
  }

  private String uptime(List<SourceView> sources) {
    StringBuilder line = new StringBuilder("uptime: ").append(uptime.text());
    if (boards.inputEnded()) {
      for (SourceView source : sources) {
        line.append(" input ")
            .append(source.name())
            .append(" ended, run time ")
            .append(source.runTime());
      }
    }
    return line.append("\n\n").toString();
  }

  private JsonObject json(List<StatsBlock.Row> rows, List<CounterTable.Row> all) {
    JsonObject figures = new JsonObject();
    all.forEach(figure -> figures.put(figure.name(), figure.value()));
    if (raw) {
      return figures;
    }
    JsonArray topics = new JsonArray();
    for (StatsBlock.Row row : rows) {
      JsonObject cells = new JsonObject();
      row.fields().forEach(cell -> cells.put(cell.name(), cell.value()));
      topics.add(new JsonObject().put("topic", row.topic()).put("figures", cells));
    }
    return new JsonObject()
        .put("uptimeMillis", uptime.millis())
        .put("inputEnded", boards.inputEnded())
        .put("rows", topics)
        .put("raw", figures);
  }
}
