package io.callscope.web.live;

import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Params;
import io.callscope.web.http.Responder;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Regex;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.List;

/**
 * {@code /api/v1/events/stream}: events as they come, to any number of clients with filters of
 * their own. Four times a second each gets what there is for it, a page that shows rows twice; all
 * of them together may take a bounded time of it, so that pages are still answered while events
 * pour in. Whose expressions take too long is told by each one's {@link MatchTime}.
 */
public final class EventStream implements Exchange {
  private static final long PERIOD_MILLIS = 250;

  /** When a turn begins with no further event; the last match may end later. */
  private static final long TURN_NANOS = 40_000_000 - MatchTime.MOST_AT_ONCE_NANOS;

  private static final int LOOK = 5_000;
  private static final int MOST_EVENTS = 1_000;

  /** A person reads no more than that of it. */
  private static final int MOST_ROWS = 15;

  private static final int MOST_ROWS_BEHIND = 500;

  private final EventRing ring;
  private final Streams streams;
  private final Responder responder;
  private final EventFrames whole;
  private final EventFrames rows;
  private final ArrayDeque<Follower> followers = new ArrayDeque<>();
  private long turns;

  private record Follower(StreamClient client, Tail tail, boolean rows) {}

  public EventStream(EventRing ring, Streams streams, Responder responder) {
    this.ring = ring;
    this.streams = streams;
    this.responder = responder;
    whole = new EventFrames(ring, false);
    rows = new EventFrames(ring, true);
  }

  public void start(Vertx vertx) {
    vertx.setPeriodic(PERIOD_MILLIS, id -> turn());
  }

  @Override
  public void handle(RoutingContext context, Asked asked) {
    Params params = asked.params();
    ListQuery query = EventMatcher.read(params);
    String view = params.first("view");
    if (!List.of("", "event", "row").contains(view)) {
      params.error("view", view, "is not one of event, row");
    }
    long last = lastNumber(context, params);
    if (!params.finish().isEmpty()) {
      responder.send(context, asked.form(), Answer.badRequest(params.errors()));
      return;
    }
    long from = last >= 0 ? last + 1 : query.start() >= 0 ? query.start() : ring.range().next();
    boolean brief = view.equals("row");
    Tail tail =
        new Tail(
            ring,
            new EventMatcher(query.filters()),
            from,
            brief ? MOST_ROWS_BEHIND : Long.MAX_VALUE);
    Follower[] self = new Follower[1];
    StreamClient client = streams.open(context, () -> followers.remove(self[0]));
    if (client != null) {
      self[0] = new Follower(client, tail, brief);
      followers.add(self[0]);
    }
  }

  /** Where a client that comes back was. */
  private static long lastNumber(RoutingContext context, Params params) {
    String id = context.request().getHeader("last-event-id");
    if (id == null || id.isEmpty()) {
      return -1;
    }
    try {
      long last = Long.parseLong(id);
      if (last >= 0 && last < Long.MAX_VALUE) { // the next one has a number too
        return last;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    params.error("Last-Event-ID is not the number of an event");
    return -1;
  }

  /** Each follower in turn; those for whom no time is left are the first the next time. */
  private void turn() {
    long end = System.nanoTime() + TURN_NANOS;
    turns++;
    for (int n = followers.size(); n > 0 && System.nanoTime() < end; n--) {
      Follower follower = followers.poll();
      followers.add(follower);
      boolean due = !follower.rows || turns % 2 == 0;
      if (due && !follower.client.isFull()) {
        streams.serve(follower.client, () -> serve(follower, end));
      }
    }
  }

  private void serve(Follower follower, long end) {
    try {
      int most = follower.rows ? MOST_ROWS : MOST_EVENTS;
      Tail.Batch batch = follower.tail.read(LOOK, most, System::nanoTime, end);
      Buffer out = Buffer.buffer();
      if (batch.restarted()) {
        out.appendString(EventFrames.RESTARTED);
      }
      if (batch.skipped() > 0) {
        out.appendString(EventFrames.skipped(batch));
      }
      EventFrames frames = follower.rows ? rows : whole;
      batch.events().forEach(event -> out.appendBuffer(frames.of(event)));
      streams.counters().sent(batch);
      if (out.length() > 0) {
        follower.client.send(out, System.nanoTime());
      }
    } catch (Regex.Unusable e) {
      streams.end(
          follower.client, EventFrames.refused("bad regular expression: " + e.getMessage()));
    }
  }
}
