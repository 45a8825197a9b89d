package io.callscope.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.function.LongSupplier;

/**
 * Keeps what comes from the network from flooding the log, and says how much it left out. An error
 * is ours, and told all the same. Called by any thread, one at a time.
 */
final class RateLimitedAppender extends AppenderBase<ILoggingEvent> {
  private final Logger logger;
  private final Appender<ILoggingEvent> target;
  private final RateLimit limit;
  private final LongSupplier clock;

  /**
   * @param clock of the limit
   */
  RateLimitedAppender(
      Logger logger, Appender<ILoggingEvent> target, RateLimit limit, LongSupplier clock) {
    this.logger = logger;
    this.target = target;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean ours = event.getLevel().isGreaterOrEqual(Level.ERROR);
    if (!ours && !limit.tryPass(clock.getAsLong())) {
      return;
    }
    long refused = limit.takeRefused();
    if (refused > 0) {
      target.doAppend(
          new LoggingEvent(
              RateLimitedAppender.class.getName(),
              logger,
              Level.WARN,
              "{} messages of this log were left out",
              null,
              new Object[] {refused}));
    }
    target.doAppend(event);
  }
}
