package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndReportTest {
  private final CounterTable counters = new CounterTable();

  private static SourceStatus input(long packets, long bytes, long captureMillis, long runMillis) {
    return new SourceStatus(
        "pcap", State.ENDED, "", packets, bytes, 1, 2, captureMillis, runMillis, bytes, bytes);
  }

  private void count(String group, String name, long value) {
    counters.add(group, name, CounterKind.COUNTER, "", value, 0, 0);
  }

  @Test
  void saysHowFastItWasAgainstTheClockAndTheCapture() {
    count("pkt_stats", "parse_ok", 500);
    assertThat(EndReport.text(List.of(input(1000, 8 << 20, 40_000, 2000)), counters, List.of()))
        .startsWith(
            """
            run time: 2s
            packets/s: 500.000
            SIP messages/s: 250.000
            MB/s: 4.000
            Gbits/s: 0.031
            pcap time: 40s
            pcap replay speed: 20.000
            pcap packets/s: 25.000
            pcap MB/s: 0.200

            packets:    total_packets:""");
  }

  @Test
  void addsUpInputsThatRanSideBySide() {
    assertThat(
            EndReport.text(
                List.of(input(100, 0, 0, 400), input(100, 0, 0, 600)), counters, List.of()))
        .startsWith("run time: 600ms\npackets/s: 333.333\n")
        .doesNotContain("pcap time");
    assertThat(
            EndReport.text(
                List.of(input(100, 0, 4000, 400), input(100, 0, 0, 9000)), counters, List.of()))
        .startsWith("run time: 9s\n")
        .contains("pcap replay speed: 10.000\n");
  }

  @Test
  void tellsHowMuchSlowerAReplayWasNearRecordedSpeedAlone() {
    assertThat(EndReport.text(List.of(input(1, 1, 900, 1000)), counters, List.of()))
        .contains("pcap replay speed: 0.900\npcap replay slower: -100ms\n");
    assertThat(EndReport.text(List.of(input(1, 1, 700, 1000)), counters, List.of()))
        .doesNotContain("slower");
  }

  @Test
  void aRunBelowAMillisecondHasNoRates() {
    assertThat(EndReport.text(List.of(input(3, 300, 0, 0)), counters, List.of()))
        .startsWith("run time: 0s\n\npackets:");
    assertThat(EndReport.text(List.of(input(3, 300, 5, 0)), counters, List.of()))
        .doesNotContain("Infinity", "NaN", "speed");
  }

  @Test
  void printsTheChosenGroupsWithoutZeros() {
    count("calls", "active", 2);
    count("calls", "fail_new", 0);
    count("pcap.a", "t_delayed", 1);
    count("regs", "active", 1);
    assertThat(EndReport.text(List.of(), counters, List.of("pcap", "calls", "ipfix")))
        .endsWith(
            """
            pcap.a.t_delayed              :      1

            calls.active                  :      2

            no counters of group ipfix

            """);
    assertThat(EndReport.text(List.of(), counters, List.of("all")))
        .contains("calls.active", "pcap.a.t_delayed", "regs.active")
        .doesNotContain("fail_new");
    assertThat(EndReport.text(List.of(), counters, List.of())).doesNotContain("regs.active");
  }
}
