package io.callscope.capture.message;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.PayloadKind;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipIndex;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ParseLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.callscope.parse");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ParseLog log = new ParseLog();
  private final Packet packet = new Packet();
  private final int[] row = new int[SipIndex.SIZE];

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    packet.bytes = "INVITE  sip:a@b SIP/2.0\r\n\u0000\"".getBytes(StandardCharsets.UTF_8);
    packet.end = packet.bytes.length;
    packet.envelope.sourceLow = IpAddress.lowOfIpv4(0xc0000201);
    packet.envelope.sourcePort = 5060;
    packet.envelope.destinationLow = IpAddress.lowOfIpv4(0xc0000202);
    packet.envelope.destinationPort = 5070;
    row[SipIndex.BODY] = 7;
    row[SipIndex.LENGTH] = packet.end;
  }

  @AfterEach
  void hush() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void anErrorShowsWhatWasGoodAndWhatFollows() {
    log.error(packet.envelope, 6, packet.bytes, 0, row);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "192.0.2.1 5060 -> 192.0.2.2 5070: invalid character in header at byte 7:"
                + " \"INVITE \" >>> \" sip:a@b SIP/2.0\\r\\n\\x00\\\"\"");
  }

  @Test
  void aFloodIsWrittenInPartAndAnewTheNextSecond() {
    for (int i = 0; i < 1000; i++) {
      log.error(packet.envelope, 6, packet.bytes, 0, row);
    }
    assertThat(lines.list).hasSize(100);
    packet.envelope.arrivalNanos = 1_000_000_000L;
    log.error(packet.envelope, 6, packet.bytes, 0, row);
    assertThat(lines.list).hasSize(101);
  }

  @Test
  void probesAndMessagesAreForLowerLevels() {
    log.probe(packet, PayloadKind.STUN);
    log.message(packet.envelope, packet.bytes, 0, row);
    assertThat(lines.list).isEmpty();
    logger.setLevel(Level.TRACE);
    log.probe(packet, PayloadKind.STUN);
    log.message(packet.envelope, packet.bytes, 0, row);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.DEBUG, Level.TRACE);
  }
}
