package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Form;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.callscope.web.list.Regex;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code /events}: the event ring. */
public final class EventsPage implements Page {
  private final EventRing ring;
  private final LongSupplier clock;
  private final WorkerExecutor workers;

  /**
   * @param clock of tracking, ns since 1970
   */
  public EventsPage(EventRing ring, LongSupplier clock, WorkerExecutor workers) {
    this.ring = ring;
    this.clock = clock;
    this.workers = workers;
  }

  /** What the template shows. */
  record Model(
      List<EventView> events,
      List<Field> fields,
      boolean regex,
      int max,
      boolean filtered,
      boolean newestFirst,
      long generated,
      long oldest,
      int size,
      long holes,
      String next,
      String previous,
      String newest,
      List<String> errors) {}

  /** What the list can be filtered by. */
  public static List<Field> filters() {
    return Arrays.stream(EventField.values())
        .map(field -> new Field(field.parameter(), field.label(), ""))
        .toList();
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    ListQuery query = EventMatcher.read(params);
    String order = params.first("order");
    if (!List.of("", "newest", "oldest").contains(order)) {
      params.error("order", order, "is not one of newest, oldest");
    }
    boolean newestFirst = order.isEmpty() ? asked.form() == Form.HTML : order.equals("newest");
    if (!params.finish().isEmpty()) {
      return Future.succeededFuture(wrong(query, newestFirst, params.errors()));
    }
    long now = clock.getAsLong();
    return workers.executeBlocking(() -> listing(query, newestFirst, now), false);
  }

  private Answer wrong(ListQuery query, boolean newestFirst, List<String> errors) {
    EventListing none = new EventListing(List.of(), ring.range(), 0, -1, -1);
    return Lists.wrong("Events", "events", model(query, newestFirst, none, errors), errors);
  }

  private Answer listing(ListQuery query, boolean newestFirst, long nowNanos) {
    try {
      EventListing listing = EventListing.of(ring, query, newestFirst, System::nanoTime);
      return new Answer(
          200,
          "Events",
          "events",
          model(query, newestFirst, listing, List.of()),
          () -> text(query, listing, nowNanos),
          () -> json(query, newestFirst, listing));
    } catch (Regex.Unusable e) {
      return wrong(query, newestFirst, List.of("ERROR: bad regular expression: " + e.getMessage()));
    }
  }

  private Model model(
      ListQuery query, boolean newestFirst, EventListing listing, List<String> errors) {
    List<Field> fields = new ArrayList<>();
    for (EventField field : EventField.values()) {
      String value = query.value(field.parameter());
      fields.add(new Field(field.parameter(), field.label(), value));
    }
    String order = newestFirst ? "" : "&order=oldest";
    return new Model(
        listing.events().stream().map(event -> EventView.of(event, ring)).toList(),
        fields,
        query.regex(),
        query.max(),
        !query.filters().isEmpty(),
        newestFirst,
        listing.range().next(),
        listing.range().oldest(),
        ring.size(),
        listing.holes(),
        listing.further() < 0 ? "" : "/events" + query.from(listing.further()) + order,
        listing.back() < 0 ? "" : "/events" + query.from(listing.back()) + order,
        "/events" + query.from(-1),
        errors);
  }

  private String text(ListQuery query, EventListing listing, long nowNanos) {
    StringBuilder text = new StringBuilder("Events: ").append(query.line()).append('\n');
    text.append("Total Generated: ").append(listing.range().next());
    text.append(" Max. Buffered: ").append(ring.size()).append("\n\n");
    for (CallEvent event : listing.events()) {
      EventLines.append(text, event, ring.slot(event.number()), nowNanos);
    }
    return text.toString();
  }

  private JsonObject json(ListQuery query, boolean newestFirst, EventListing listing) {
    JsonArray events = new JsonArray();
    listing.events().forEach(event -> events.add(EventJson.of(event)));
    return new JsonObject()
        .put("start", query.start())
        .put("max", query.max())
        .put("filters", query.filtersJson())
        .put("order", newestFirst ? "newest" : "oldest")
        .put("generated", listing.range().next())
        .put("oldest", listing.range().oldest())
        .put("buffered", ring.size())
        .put("holes", listing.holes())
        .put("next", listing.further())
        .put("events", events);
  }
}
