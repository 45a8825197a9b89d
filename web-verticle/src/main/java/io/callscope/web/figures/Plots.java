package io.callscope.web.figures;

import io.callscope.bus.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The plots of the dashboard. */
public final class Plots {
  private static final int MOST_TYPES = 6;

  private Plots() {}

  public static List<Plot> of(History history, Figures figures) {
    List<Plot.Series> messages = new ArrayList<>();
    messages.add(new Plot.Series("requests", "requests"));
    for (int c = 1; c <= 6; c++) {
      messages.add(new Plot.Series("replies" + c, c + "xx"));
    }
    return List.of(
        Plot.of("messages", "Requests and replies", "a second", history, messages),
        Plot.of(
            "active",
            "Active calls and bindings",
            "",
            history,
            List.of(new Plot.Series("calls", "calls"), new Plot.Series("bindings", "bindings"))),
        Plot.of("events", "Events by type", "a second", history, types(figures)),
        Plot.of(
            "asr",
            "Answer-seizure ratio",
            "% of calls in the last minute",
            history,
            List.of(new Plot.Series("asr", "answered"))),
        Plot.of(
            "pdd",
            "Post-dial delay",
            "ms, answered calls of the last minute",
            history,
            List.of(
                new Plot.Series("pdd50", "median"),
                new Plot.Series("pdd95", "95 %"),
                new Plot.Series("pdd99", "99 %"))));
  }

  /** The types with most events so far. */
  private static List<Plot.Series> types(Figures figures) {
    List<EventType> types =
        Arrays.stream(EventType.values())
            .filter(type -> figures.byType()[type.ordinal()] > 0)
            .sorted(Comparator.comparingLong(type -> -figures.byType()[type.ordinal()]))
            .limit(MOST_TYPES)
            .toList();
    List<EventType> shown =
        types.isEmpty()
            ? List.of(EventType.CALL_START, EventType.CALL_ATTEMPT, EventType.CALL_END)
            : types;
    return shown.stream()
        .map(type -> new Plot.Series(History.eventKey(type), type.text()))
        .toList();
  }
}
