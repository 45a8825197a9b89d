package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.Pace;
import io.callscope.bus.SourceStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static SourceStatus status(State state, long runMillis, String file, long left) {
    return new SourceStatus(
        "pcap", state, "", 5, 6, 7, 8, 9, runMillis, 1000, 420, new Pace(file, 123_456, left));
  }

  private static SourceStatus running(long runMillis) {
    return status(State.RUNNING, runMillis, "/data/demo.pcap", 62_001);
  }

  private String written() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void saysFilePerCentPaceAndTimeLeft() {
    assertThat(ProgressLine.text(running(1)))
        .isEqualTo("demo.pcap  42 %  123,456 packets/s  1m3s left");
    assertThat(ProgressLine.text(status(State.RUNNING, 1, "demo.pcap", -1)))
        .isEqualTo("demo.pcap  42 %  123,456 packets/s");
  }

  @Test
  void aNameCannotCommandTheTerminalNorFillIt() {
    String text = ProgressLine.text(status(State.RUNNING, 1, "x\u001b[2J" + "y".repeat(99), -1));
    assertThat(text).startsWith("x?[2Jyyy").contains("…  42 %").hasSizeLessThan(80);
  }

  @Test
  void isWrittenOverAndGivesWayToEverythingElse() {
    ProgressLine line = new ProgressLine(out, true);
    line.enable();
    PrintStream log = line.guard(out);
    line.show(running(1));
    line.show(running(2));
    log.println("a log line");
    log.println("another");
    line.show(running(3));
    line.show(status(State.ENDED, 4, "", -1));
    String progress = ERASE + "demo.pcap  42 %  123,456 packets/s  1m3s left";
    assertThat(written())
        .isEqualTo(
            progress
                + progress
                + ERASE
                + "a log line\nanother\n".replace("\n", System.lineSeparator())
                + progress
                + ERASE);
  }

  @Test
  void elsewhereItIsALineNowAndThen() {
    ProgressLine line = new ProgressLine(out, false);
    line.enable();
    for (int second = 1; second <= 25; second++) {
      line.show(running(second * 1000L));
    }
    assertThat(written().lines()).hasSize(2).allMatch(text -> text.startsWith("demo.pcap  42 %"));
  }

  @Test
  void isSilentWhereNobodyAskedAndForInterfaces() {
    ProgressLine line = new ProgressLine(out, true);
    line.show(running(1));
    line.enable();
    line.show(new SourceStatus("iface:lo", State.RUNNING, "", 1, 2, 3, 4, 0, 5, 0, 0));
    assertThat(written()).isEmpty();
  }
}
