package io.callscope.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlainClientsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(PlainClients.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private long nowNanos = -5;
  private int counted;
  private final PlainClients clients = new PlainClients(() -> counted++, () -> nowNanos);

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(logged);
  }

  @Test
  void theFirstIsToldAtOnceAndTheOthersOnceAMinute() {
    for (int i = 0; i < 5; i++) {
      clients.handle(new NotSslRecordException("not an SSL/TLS record: 474554"));
    }
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getThrowableProxy()).as("no stack trace").isNull();
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains("plain HTTP came to the TLS port", "(0 more");
    nowNanos += TimeUnit.MINUTES.toNanos(1);
    clients.handle(new RuntimeException(new NotSslRecordException("not an SSL/TLS record")));
    assertThat(logged.list).hasSize(2);
    assertThat(logged.list.get(1).getFormattedMessage()).contains("(4 more");
    assertThat(counted).isEqualTo(6);
  }

  @Test
  void otherTroubleOfConnectionsIsNone() {
    clients.handle(new IOException("Connection reset"));
    assertThat(logged.list).isEmpty();
    assertThat(counted).isZero();
  }
}
