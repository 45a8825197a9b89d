package io.callscope.web.counters;

import io.callscope.counters.CounterLines;
import io.callscope.counters.CounterTable;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code /counters}: all counters of all services. */
public final class CountersPage implements Page {
  private final Boards boards;
  private final Uptime uptime;

  public CountersPage(Boards boards, Uptime uptime) {
    this.boards = boards;
    this.uptime = uptime;
  }

  /** A table of the page. */
  record Group(String name, List<Row> rows) {}

  /** A counter; extremes are empty where none are kept. */
  record Row(String name, String value, String min, String max, String description, boolean zero) {}

  /** What the template shows. */
  record Model(
      List<Group> groups,
      List<String> names,
      boolean nonZero,
      List<Of> processes,
      String process) {}

  /** A process whose counters can be looked at alone. */
  record Of(String name, String link) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    int flags = CounterFlags.read(asked.params());
    String process = asked.params().first("process");
    return boards
        .fresh()
        .map(
            figures -> {
              if (process.isEmpty()) {
                return answer(asked.params(), flags, figures);
              }
              if (!boards.processes().contains(process)) {
                asked.params().error("process", process, notOneOf(boards.processes()));
              }
              return answer(asked.params(), flags, boards.figuresOfProcess(process));
            });
  }

  private static String notOneOf(Collection<String> processes) {
    return processes.isEmpty()
        ? "cannot be: there is but this process"
        : "is not one of " + String.join(", ", processes);
  }

  private Answer answer(Params params, int flags, CounterTable figures) {
    List<String> groups = params.all("group");
    List<String> counters = params.all("counter");
    for (String group : groups) {
      if (!figures.hasGroup(group)) {
        params.error(CounterTables.unknown(figures, "group", group));
      }
    }
    for (String counter : counters) {
      if (figures.find(counter) == null) {
        params.error(CounterTables.unknown(figures, "counter", counter));
      }
    }
    if (!params.finish().isEmpty()) {
      return Answer.badRequest(params.errors());
    }
    boolean brief = params.word("short");
    CounterTable shown =
        groups.isEmpty() && counters.isEmpty()
            ? figures
            : CounterTables.only(figures, groups, counters);
    boolean nonZero = (flags & CounterLines.NON_ZERO) != 0;
    return new Answer(
        200,
        "Counters",
        "counters",
        new Model(
            tables(shown, nonZero),
            List.copyOf(figures.groups()),
            nonZero,
            boards.processes().stream()
                .map(name -> new Of(Shown.plain(name), "/counters?process=" + Links.encoded(name)))
                .toList(),
            Shown.brief(params.first("process"))),
        () ->
            (brief ? "" : "uptime: " + uptime.text() + "\n\n")
                + text(figures, flags, groups, counters),
        () ->
            new JsonObject()
                .put("uptimeMillis", uptime.millis())
                .put("groups", CounterTables.json(shown)));
  }

  private static String text(
      CounterTable figures, int flags, List<String> groups, List<String> counters) {
    CounterLines lines = new CounterLines(flags);
    if (groups.isEmpty() && counters.isEmpty()) {
      return lines.all(figures);
    }
    StringBuilder text = new StringBuilder();
    groups.forEach(group -> text.append(lines.group(figures, group)));
    for (String counter : counters) {
      CounterTable.Row row = figures.find(counter);
      if ((flags & CounterLines.NON_ZERO) == 0 || row.value() != 0) {
        text.append(lines.line(row)).append('\n');
      }
    }
    return text.toString();
  }

  static List<Group> tables(CounterTable figures, boolean nonZero) {
    List<Group> groups = new ArrayList<>();
    for (String name : figures.groups()) {
      List<Row> rows =
          figures.rows(name).stream()
              .filter(figure -> !nonZero || figure.value() != 0)
              .map(CountersPage::row)
              .toList();
      if (!rows.isEmpty()) {
        groups.add(new Group(name, rows));
      }
    }
    return groups;
  }

  private static Row row(CounterTable.Row figure) {
    return new Row(
        figure.name(),
        Long.toUnsignedString(figure.value()),
        figure.kind().keepsMin() ? Long.toUnsignedString(figure.min()) : "",
        figure.kind().keepsMax() ? Long.toUnsignedString(figure.max()) : "",
        figure.description(),
        figure.value() == 0);
  }
}
