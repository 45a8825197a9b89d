package io.callscope.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /counters}: all counters of all services. */
final class CountersPage implements Page {
  private final Boards boards;
  private final WebConfig config;

  CountersPage(Boards boards, WebConfig config) {
    this.boards = boards;
    this.config = config;
  }

  /** A table of the page. */
  record Group(String name, List<Row> rows) {}

  /** A counter; extremes are empty where none are kept. */
  record Row(String name, String value, String min, String max, String description, boolean zero) {}

  /** What the template shows. */
  record Model(List<Group> groups, List<String> names, boolean nonZero) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    int flags = CounterFlags.read(asked.params());
    return boards.fresh().map(figures -> answer(asked.params(), flags, figures));
  }

  private Answer answer(Params params, int flags, Figures figures) {
    List<String> groups = params.all("group");
    List<String> counters = params.all("counter");
    groups.forEach(name -> check(params, CounterText.unknownGroup(figures, name)));
    counters.forEach(name -> check(params, CounterText.unknownCounter(figures, name)));
    if (!params.errors().isEmpty()) {
      return Answer.badRequest(params.errors());
    }
    boolean brief = params.word("short");
    Figures shown =
        groups.isEmpty() && counters.isEmpty() ? figures : figures.only(groups, counters);
    boolean nonZero = (flags & CounterFlags.NON_ZERO) != 0;
    return new Answer(
        200,
        "Counters",
        "counters",
        new Model(tables(shown, nonZero), figures.groupNames(), nonZero),
        () ->
            (brief ? "" : "uptime: " + config.uptime() + "\n\n")
                + CounterText.of(figures, flags, groups, counters),
        () ->
            new JsonObject()
                .put("uptimeMillis", config.uptimeMillis())
                .put("groups", shown.json()));
  }

  private static void check(Params params, String problem) {
    if (problem != null) {
      params.error(problem);
    }
  }

  private static List<Group> tables(Figures figures, boolean nonZero) {
    List<Group> groups = new ArrayList<>();
    for (String name : figures.groupNames()) {
      List<Row> rows =
          figures.group(name).stream()
              .filter(figure -> !nonZero || figure.value() != 0)
              .map(CountersPage::row)
              .toList();
      if (!rows.isEmpty()) {
        groups.add(new Group(name, rows));
      }
    }
    return groups;
  }

  private static Row row(Figures.Figure figure) {
    return new Row(
        figure.name(),
        Long.toUnsignedString(figure.value()),
        figure.kind().keepsMin() ? Long.toUnsignedString(figure.min()) : "",
        figure.kind().keepsMax() ? Long.toUnsignedString(figure.max()) : "",
        figure.description(),
        figure.value() == 0);
  }
}
