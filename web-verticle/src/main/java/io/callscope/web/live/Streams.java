package io.callscope.web.live;

import io.callscope.web.http.Responder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients of all streams: opens them, counts them, keeps their connections alive. On the web
 * server's context.
 */
public final class Streams {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");
  private static final Buffer ENDED =
      Buffer.buffer("event: refused\ndata: {\"error\":\"you are logged out\"}\n\n");
  private static final long SILENCE_NANOS = 15_000_000_000L;

  private final int most;
  private final LiveCounters counters;
  private final Predicate<RoutingContext> mayGoOn;

  /** Each with what is to be done when it has gone. */
  private final Map<StreamClient, Runnable> clients = new HashMap<>();

  /**
   * @param most clients at a time
   * @param mayGoOn whether who began a stream may still see it; asked now and then
   */
  public Streams(int most, LiveCounters counters, Predicate<RoutingContext> mayGoOn) {
    this.most = most;
    this.counters = counters;
    this.mayGoOn = mayGoOn;
  }

  public void start(Vertx vertx) {
    vertx.setPeriodic(5000, id -> look(System.nanoTime()));
  }

  LiveCounters counters() {
    return counters;
  }

  /**
   * Begins a stream, or answers why not.
   *
   * @param left called once, when the client has gone or its stream was ended
   * @return the client, or null if there is none to stream to
   */
  StreamClient open(RoutingContext context, Runnable left) {
    HttpServerResponse response = Responder.headers(context.response());
    if (clients.size() >= most) {
      counters.refused();
      response
          .setStatusCode(503)
          .putHeader(HttpHeaders.RETRY_AFTER, "10")
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end("ERROR: " + most + " clients follow streams already\n");
      return null;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // Compressed, events would wait until there are enough of them.
        .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .putHeader("x-accel-buffering", "no");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return null;
    }
    response.setChunked(true);
    StreamClient client =
        new StreamClient(response, () -> mayGoOn.test(context), System.nanoTime());
    clients.put(client, left);
    counters.clients(clients.size());
    response.closeHandler(closed -> drop(client));
    client.send(Buffer.buffer("retry: 2000\n\n"), System.nanoTime());
    return client;
  }

  /** Ends a stream, with the last that is said in it. */
  void end(StreamClient client, Buffer frames) {
    drop(client);
    client.end(frames);
  }

  /** Of a stream that the server has ended no close handler may tell. */
  private void drop(StreamClient client) {
    Runnable left = clients.remove(client);
    if (left != null) {
      counters.clients(clients.size());
      left.run();
    }
  }

  /** Does something for one client; if that fails, its stream ends, and others have their turn. */
  void serve(StreamClient client, Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException e) {
      log.error("a stream failed and is ended", e);
      drop(client);
      client.reset();
    }
  }

  private void look(long nowNanos) {
    for (StreamClient client : List.copyOf(clients.keySet())) {
      serve(client, () -> look(client, nowNanos));
    }
  }

  private void look(StreamClient client, long nowNanos) {
    if (client.isOver()) {
      drop(client);
    } else if (!client.mayGoOn()) {
      end(client, ENDED);
    } else if (client.silentNanos(nowNanos) >= SILENCE_NANOS && !client.isFull()) {
      client.send(KEEP_ALIVE, nowNanos);
    }
  }

  /** Clients that all get the same. */
  public Channel channel() {
    return new Channel();
  }

  /** Clients that all get the same; one that does not keep up misses what it cannot take. */
  public final class Channel {
    private final Set<StreamClient> members = new HashSet<>();

    private Channel() {}

    public boolean isEmpty() {
      return members.isEmpty();
    }

    public void open(RoutingContext context) {
      StreamClient[] self = new StreamClient[1];
      self[0] = Streams.this.open(context, () -> members.remove(self[0]));
      if (self[0] != null) {
        members.add(self[0]);
      }
    }

    public void send(Buffer frames) {
      long now = System.nanoTime();
      for (StreamClient member : List.copyOf(members)) {
        serve(member, () -> send(member, frames, now));
      }
    }

    private void send(StreamClient member, Buffer frames, long nowNanos) {
      if (member.isFull()) {
        counters.missed();
      } else {
        member.send(frames, nowNanos);
      }
    }
  }
}
