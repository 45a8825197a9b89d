package io.callscope.web.server;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.Handler;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices clients that do not speak TLS to a server that does: they are but cut off, so that
 * whoever forgot the s of https:// finds the reason in the log. A line a minute at most. For {@code
 * HttpServer.exceptionHandler}; on the server's context.
 */
final class PlainClients implements Handler<Throwable> {
  private static final Logger log = LoggerFactory.getLogger(PlainClients.class);
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Runnable counter;
  private final LongSupplier clock;
  private long lastNanos;
  private boolean told;
  private long untold;

  /**
   * @param counter is run for each such client
   * @param clock monotonic ns
   */
  PlainClients(Runnable counter, LongSupplier clock) {
    this.counter = counter;
    this.clock = clock;
  }

  @Override
  public void handle(Throwable failure) {
    if (!(failure instanceof NotSslRecordException)
        && !(failure.getCause() instanceof NotSslRecordException)) {
      return;
    }
    counter.run();
    long now = clock.getAsLong();
    if (told && now - lastNanos < PERIOD_NANOS) {
      untold++;
      return;
    }
    log.warn(
        "a client of the web server does not speak TLS: plain HTTP came to the TLS port?"
            + " Its pages are at https:// ({} more like it since the last such line)",
        untold);
    told = true;
    lastNanos = now;
    untold = 0;
  }
}
