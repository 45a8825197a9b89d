package io.callscope.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.function.LongSupplier;

/**
 * Says in a line each ten seconds at most that event loops were held up. Vert.x does so in a line
 * for each of them each second, in the end with their stacks, and most often it is the machine that
 * has no processor left for the program. Called by any thread, one at a time.
 */
final class HeldUpAppender extends AppenderBase<ILoggingEvent> {
  /** The logger of Vert.x whose lines it takes. */
  static final String LOGGER = "io.vertx.core.impl.BlockedThreadChecker";

  private static final long PERIOD_MILLIS = 10_000;

  private final Logger logger;
  private final Appender<ILoggingEvent> target;
  private final LongSupplier clock;
  private long silentUntilMillis;
  private long silent;

  /**
   * @param clock ms of any zero that no one sets
   */
  HeldUpAppender(Logger logger, Appender<ILoggingEvent> target, LongSupplier clock) {
    this.logger = logger;
    this.target = target;
    this.clock = clock;
    silentUntilMillis = clock.getAsLong();
  }

  @Override
  protected void append(ILoggingEvent event) {
    long nowMillis = clock.getAsLong();
    if (nowMillis < silentUntilMillis) {
      silent++;
      return;
    }
    LoggingEvent own =
        new LoggingEvent(
            HeldUpAppender.class.getName(),
            logger,
            Level.WARN,
            "the machine has too little processor time for the program, or it works too long on one"
                + " thing: {}; {} more such since the last line like this",
            null,
            new Object[] {event.getFormattedMessage(), silent});
    own.setInstant(event.getInstant());
    target.doAppend(own);
    silent = 0;
    silentUntilMillis = nowMillis + PERIOD_MILLIS;
  }
}
