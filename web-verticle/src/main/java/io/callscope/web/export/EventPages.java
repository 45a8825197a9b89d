package io.callscope.web.export;

import io.callscope.bus.EventJson;
import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Regex;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of the ring as it was at the start, oldest first. Fails where newer ones take the
 * place of what is still to come, since the client reads too slowly.
 */
final class EventPages implements Pages {
  private static final int PIECE = 500;
  private static final long MATCH_NANOS = 1_000_000_000L;

  private final EventRing ring;
  private final EventMatcher matcher;
  private final WorkerExecutor workers;
  private final long end;
  private long next;
  private boolean begun;

  EventPages(EventRing ring, ListQuery query, WorkerExecutor workers) {
    this.ring = ring;
    this.workers = workers;
    matcher = new EventMatcher(query.filters());
    EventRing.Range range = ring.range();
    next = range.oldest();
    end = range.next();
  }

  @Override
  public Future<Piece> next() {
    return workers.executeBlocking(this::piece, false);
  }

  private Piece piece() throws Regex.Unusable {
    List<JsonObject> events = new ArrayList<>();
    long deadline = System.nanoTime() + MATCH_NANOS;
    if (!begun) {
      next = Math.max(next, ring.range().oldest());
    }
    while (next < end && events.size() < PIECE) {
      var event = ring.get(next);
      EventRing.Range range = ring.range();
      if (event == null && begun && (next < range.oldest() || end > range.next())) {
        throw new IllegalStateException("event " + next + " is gone before it was sent");
      }
      begun |= event != null;
      next++;
      if (event != null && matcher.matches(event, System::nanoTime, deadline)) {
        events.add(EventJson.of(event));
      }
    }
    return new Piece(events, next >= end);
  }
}
