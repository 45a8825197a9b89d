package io.callscope.web.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;

/**
 * One client of a stream of server-sent events (HTML Living Standard §9.2). What it does not take
 * in time fills its connection's queue; {@link #isFull} tells, and nothing more is to be sent then.
 */
final class StreamClient {
  private final HttpServerResponse response;
  private final BooleanSupplier mayGoOn;
  private long lastNanos;

  /**
   * @param mayGoOn whether who began the stream may still see it
   */
  StreamClient(HttpServerResponse response, BooleanSupplier mayGoOn, long nowNanos) {
    this.response = response;
    this.mayGoOn = mayGoOn;
    lastNanos = nowNanos;
  }

  boolean mayGoOn() {
    return mayGoOn.getAsBoolean();
  }

  /** The stream has ended, or its connection is gone: nothing can be sent any more. */
  boolean isOver() {
    return response.ended() || response.closed();
  }

  boolean isFull() {
    return isOver() || response.writeQueueFull();
  }

  void send(Buffer frames, long nowNanos) {
    if (!isOver()) {
      lastNanos = nowNanos;
      // A client that goes away meanwhile is taken off by its close handler.
      response.write(frames);
    }
  }

  long silentNanos(long nowNanos) {
    return nowNanos - lastNanos;
  }

  void end(Buffer frames) {
    if (!isOver()) {
      response.end(frames);
    }
  }

  /** Ends it at once, and its connection where there is one stream to each. */
  void reset() {
    if (!isOver()) {
      response.reset();
    }
  }
}
