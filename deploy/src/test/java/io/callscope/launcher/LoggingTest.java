package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private final LoggerContext context = new LoggerContext();
  private long nowMillis = -1_000_000;

  private LoggingEvent event(String message) {
    Logger logger = context.getLogger("test");
    return new LoggingEvent(LoggingTest.class.getName(), logger, Level.INFO, message, null, null);
  }

  private String line(int bits, String message) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern(Logging.pattern(bits));
    layout.start();
    return layout.doLayout(event(message));
  }

  @ParameterizedTest
  @CsvSource({
    "-4, OFF",
    "-3, ERROR",
    "-1, ERROR",
    "0, WARN",
    "1, INFO",
    "2, INFO",
    "3, DEBUG",
    "4, TRACE",
    "99, TRACE"
  })
  void levelsAreMapped(int number, String level) {
    assertThat(Logging.level(number)).isEqualTo(Level.toLevel(level));
  }

  @Test
  void bitsChooseWhatALineHas() {
    assertThat(line(0, "m")).isEqualTo("INFO  m\n");
    assertThat(line(1, "m")).matches("INFO  [^ ]+:[-0-9?]+ m\n");
    assertThat(line(2, "m")).matches("INFO  [^ ]+\\.[^ ]+:[-0-9?]+ m\n");
    assertThat(line(3, "m")).isEqualTo(line(1, "m"));
    assertThat(line(4, "m"))
        .matches("\\d{4}/\\d\\d/\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d\\d INFO  m\n");
    assertThat(line(8, "m").lines().count()).isBetween(2L, 4L);
    assertThat(line(16, "m").lines().count()).isGreaterThan(4);
  }

  @Test
  void aMessageCannotStartALineOfItsOwn() {
    assertThat(line(0, "a\r\nERROR b\u0000\u001b[31m\tc")).isEqualTo("INFO  a ERROR b [31m\tc\n");
  }

  @Test
  void aFloodIsCutAndWhatWasLeftOutIsCounted() {
    ListAppender<ILoggingEvent> target = new ListAppender<>();
    target.start();
    RateLimitedAppender appender =
        new RateLimitedAppender(
            context.getLogger("test"), target, new RateLimit(1, nowMillis), () -> nowMillis);
    appender.start();
    for (int i = 0; i < 25; i++) {
      appender.doAppend(event("x"));
    }
    assertThat(target.list).hasSize(10);
    nowMillis += 1000;
    LoggingEvent later = event("later");
    later.setInstant(Instant.now().minusSeconds(86_400)); // the machine's clock is set back
    appender.doAppend(later);
    assertThat(target.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .endsWith("15 messages of this log were left out", "later");
  }

  @Test
  void theLoggerOfEventLoopsThatAreHeldUpIsTheOneOfVertx() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    AppenderBase<ILoggingEvent> listener =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            said.countDown();
          }
        };
    listener.start();
    Logger logger = (Logger) LoggerFactory.getLogger(HeldUpAppender.LOGGER);
    logger.addAppender(listener);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setBlockedThreadCheckInterval(10).setMaxEventLoopExecuteTime(1));
    try {
      vertx.runOnContext(ignored -> awaitQuietly(said));
      assertThat(said.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      vertx.close().await();
      logger.detachAppender(listener);
    }
  }

  private static void awaitQuietly(CountDownLatch said) {
    try {
      said.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void eventLoopsThatAreHeldUpAreALineInTenSecondsWithoutStacks() {
    ListAppender<ILoggingEvent> target = new ListAppender<>();
    target.start();
    Logger logger = context.getLogger("test");
    HeldUpAppender appender = new HeldUpAppender(logger, target, () -> nowMillis);
    appender.start();
    Instant start = Instant.now();
    for (int second = 0; second <= 10; second++) {
      LoggingEvent one =
          new LoggingEvent("x", logger, Level.WARN, "blocked", new Exception("stack"), null);
      one.setInstant(start.minusSeconds(3600L * second)); // the machine's clock is set back
      appender.doAppend(one);
      nowMillis += 1000;
    }
    assertThat(target.list)
        .hasSize(2)
        .allMatch(event -> event.getThrowableProxy() == null)
        .extracting(ILoggingEvent::getFormattedMessage)
        .allMatch(line -> line.contains("too little processor time"))
        .last(STRING)
        .endsWith("blocked; 9 more such since the last line like this");
  }
}
