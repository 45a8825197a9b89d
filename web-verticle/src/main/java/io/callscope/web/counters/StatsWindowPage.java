package io.callscope.web.counters;

import io.callscope.counters.CounterTable;
import io.callscope.counters.StatsBlock;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /stats/avg} and {@code /stats/rate}: the statistics as so many in a time. */
public final class StatsWindowPage implements Page {
  private static final List<Duration> WINDOWS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofHours(1));

  private final Boards boards;
  private final Uptime uptime;
  private final StatsHistory history;

  /**
   * @param history null for averages over the whole run
   */
  public StatsWindowPage(Boards boards, Uptime uptime, StatsHistory history) {
    this.boards = boards;
    this.uptime = uptime;
    this.history = history;
  }

  /** A link to another time. */
  record Window(String text, String href, boolean current) {}

  /** What the template shows. */
  record Model(
      String heading,
      String header,
      String path,
      List<Window> windows,
      List<StatsBlock.Row> rows,
      boolean known) {}

  private boolean averages() {
    return history == null;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    Duration given = params.time("d");
    if (given != null && given.isZero()) {
      params.error("d", params.first("d"), "must be a duration above 0 such as 1s");
    } else if (given != null && !averages() && !WINDOWS.contains(given)) {
      params.error("d", params.first("d"), "is not one of 1s, 10s, 1m, 1h");
    }
    if (!params.finish().isEmpty()) {
      return Future.succeededFuture(Answer.badRequest(params.errors()));
    }
    Duration window = given == null ? WINDOWS.get(0) : given;
    return boards.fresh().map(table -> answer(table, window));
  }

  private Answer answer(CounterTable table, Duration window) {
    String unit = Times.duration(window.toNanos());
    Running running = Running.of(boards, uptime);
    Map<String, Double> figures = new TreeMap<>();
    String header;
    if (averages()) {
      table
          .rows("pkt_stats")
          .forEach(row -> figures.put(row.name(), running.average(row.value(), window.toNanos())));
      header = "average per " + unit + ", " + running.text();
    } else {
      header = rates(figures, window, unit) + ", " + running.text();
    }
    List<StatsBlock.Row> rows =
        figures.isEmpty()
            ? List.of()
            : StatsBlock.rows(table, name -> figures.getOrDefault(name, 0.0).longValue());
    String title = averages() ? "Averages" : "Rates";
    return new Answer(
        200,
        title,
        "stats-window",
        new Model(title, header, path(), windows(window), rows, !rows.isEmpty()),
        () -> header + "\n\n" + StatsBlock.text(rows),
        () -> json(window, running, figures));
  }

  private String rates(Map<String, Double> figures, Duration window, String unit) {
    if (!WINDOWS.contains(window)) {
      return "rate per " + unit + ": only kept for 1s, 10s, 1m0s and 1h0m0s";
    }
    StatsHistory.Rates rates = history.rates(window.toNanos());
    if (rates == null) {
      return "rate per " + unit + ": not yet available";
    }
    figures.putAll(rates.perWindow());
    return "rate per " + unit + ", age " + Times.seconds(System.nanoTime() - rates.nanos());
  }

  private String path() {
    return averages() ? "/stats/avg" : "/stats/rate";
  }

  private List<Window> windows(Duration current) {
    List<Window> windows = new ArrayList<>();
    for (Duration window : WINDOWS) {
      String text = Times.duration(window.toNanos());
      windows.add(new Window(text, path() + "?d=" + text, window.equals(current)));
    }
    return windows;
  }

  private JsonObject json(Duration window, Running running, Map<String, Double> figures) {
    JsonObject values = new JsonObject();
    figures.forEach(values::put);
    return new JsonObject()
        .put("windowMillis", window.toNanos() / 1e6)
        .put("runMillis", running.nanos() / 1_000_000)
        .put("inputEnded", running.ended())
        .put("available", !figures.isEmpty())
        .put("figures", values);
  }
}
