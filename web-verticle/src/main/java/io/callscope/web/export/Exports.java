package io.callscope.web.export;

import io.callscope.web.calls.CallList;
import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.http.Places;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.function.Function;

/** The paths of all exports: {@code /api/v1/events.csv} and so on. */
public record Exports(
    Vertx vertx, int partitions, EventRing ring, WorkerExecutor workers, Responder responder) {
  private static final List<String> BINDING_FIELDS = List.of("aor", "contact");

  public void addTo(Routes routes) {
    Places places = new Places(Export.MOST_AT_WORK); // of all kinds together
    for (Format format : Format.values()) {
      add(
          routes,
          places,
          "events",
          format,
          Columns.EVENTS,
          new Export.Kind(EventMatcher.FIELDS, EventMatcher::hold),
          query -> new EventPages(ring, query, workers));
      add(
          routes,
          places,
          "calls",
          format,
          Columns.CALLS,
          new Export.Kind(CallList.FIELDS, CallList::hold),
          query -> new TrackerPages(vertx, partitions, "calls", query));
      add(
          routes,
          places,
          "bindings",
          format,
          Columns.BINDINGS,
          new Export.Kind(BINDING_FIELDS, (params, query) -> {}),
          query -> new TrackerPages(vertx, partitions, "bindings", query));
    }
  }

  private void add(
      Routes routes,
      Places places,
      String name,
      Format format,
      Columns columns,
      Export.Kind kind,
      Function<ListQuery, Pages> source) {
    Export export = new Export(name, format, columns, kind, source, workers, responder, places);
    routes.exchange(Routes.API + "/" + name + "." + format.ending(), export);
  }
}
