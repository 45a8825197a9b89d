package io.callscope.web;

import io.callscope.web.counters.Boards;
import io.callscope.web.events.EventRing;
import io.callscope.web.figures.EventFigures;
import io.callscope.web.figures.FiguresFeed;
import io.callscope.web.http.Responder;
import io.callscope.web.live.EventStream;
import io.callscope.web.live.LiveCounters;
import io.callscope.web.live.Streams;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;

/** All that goes to clients as it happens. */
record Live(EventStream events, FiguresFeed figures) {
  /** Clients that may follow streams at a time. */
  private static final int MOST_CLIENTS = 512;

  static Live start(
      Vertx vertx,
      Boards boards,
      EventRing ring,
      EventFigures eventFigures,
      LiveCounters counters,
      Predicate<RoutingContext> mayGoOn,
      Responder responder) {
    Streams streams = new Streams(MOST_CLIENTS, counters, mayGoOn);
    EventStream events = new EventStream(ring, streams, responder);
    FiguresFeed figures = new FiguresFeed(boards, eventFigures, streams);
    streams.start(vertx);
    events.start(vertx);
    figures.start(vertx);
    return new Live(events, figures);
  }
}
