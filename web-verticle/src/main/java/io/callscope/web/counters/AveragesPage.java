package io.callscope.web.counters;

import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterLines;
import io.callscope.counters.CounterTable;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** {@code /counters/avg}: every counter that only grows, as so many in a time. */
public final class AveragesPage implements Page {
  private final Boards boards;
  private final Uptime uptime;

  public AveragesPage(Boards boards, Uptime uptime) {
    this.boards = boards;
    this.uptime = uptime;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    Duration given = params.time("d");
    if (given != null && given.isZero()) {
      params.error("d", params.first("d"), "must be a duration above 0 such as 1s");
    }
    if (!params.finish().isEmpty()) {
      return Future.succeededFuture(Answer.badRequest(params.errors()));
    }
    long nanos = given == null ? 1_000_000_000L : given.toNanos();
    return boards.fresh().map(table -> answer(table, nanos));
  }

  private Answer answer(CounterTable table, long nanos) {
    Running running = Running.of(boards, uptime);
    String prefix = "avg_" + Times.duration(nanos) + ".";
    CounterTable averages = new CounterTable();
    for (String group : table.groups()) {
      for (CounterTable.Row row : table.rows(group)) {
        if (row.kind() == CounterKind.COUNTER) {
          averages.add(
              prefix + group,
              row.name(),
              row.kind(),
              row.description(),
              (long) running.average(row.value(), nanos),
              0,
              0);
        }
      }
    }
    String header = "average per " + Times.duration(nanos) + ", " + running.text();
    return new Answer(
        200,
        "Averages of counters",
        "counters",
        new CountersPage.Model(
            CountersPage.tables(averages, false),
            List.copyOf(table.groups()),
            false,
            List.of(),
            ""),
        () -> header + "\n\n" + new CounterLines(CounterLines.DEFAULT).all(averages),
        () -> json(table, running, nanos));
  }

  private static JsonObject json(CounterTable table, Running running, long nanos) {
    JsonObject figures = new JsonObject();
    for (String group : table.groups()) {
      for (CounterTable.Row row : table.rows(group)) {
        if (row.kind() == CounterKind.COUNTER) {
          figures.put(row.fullName(), running.average(row.value(), nanos));
        }
      }
    }
    return new JsonObject()
        .put("windowMillis", nanos / 1e6)
        .put("runMillis", running.nanos() / 1_000_000)
        .put("averages", figures);
  }
}
