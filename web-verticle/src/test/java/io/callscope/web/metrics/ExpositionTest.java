package io.callscope.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private final Exposition out = new Exposition();

  @Test
  void samplesOfAMetricStandTogetherBelowItsHelpAndType() {
    out.add("a_total", Exposition.Type.COUNTER, "what\nit \\ is", 3, "x", "1");
    out.add("b", Exposition.Type.GAUGE, "other", 0.25);
    out.add("a_total", Exposition.Type.COUNTER, "ignored", 4, "x", "2\"\n\\");
    assertThat(out.text())
        .isEqualTo(
            """
            # HELP a_total what\\nit \\\\ is
            # TYPE a_total counter
            a_total{x="1"} 3
            a_total{x="2\\"\\n\\\\"} 4
            # HELP b other
            # TYPE b gauge
            b 0.25
            """);
  }

  @Test
  void aSampleStandsThereOnce() {
    out.add("a", Exposition.Type.GAUGE, "", 1, "x", "1");
    out.add("a", Exposition.Type.GAUGE, "", 2, "x", "1");
    assertThat(out.text()).endsWith("a{x=\"1\"} 2\n").doesNotContain("} 1\n");
  }

  @Test
  void countersGetNamesByConvention() {
    CounterTable table = new CounterTable();
    table.add("pkt_stats", "sip_INVITE", CounterKind.COUNTER, "invites", 7, 0, 0);
    table.add("pkt_stats.http", "reqs", CounterKind.COUNTER, "requests", 3, 0, 0);
    table.add("calls", "active", CounterKind.GAUGE_MAX, "entries", 5, 0, 9);
    table.add("gc", "walked", CounterKind.GAUGE_MIN_MAX, "walked", 5, 2, 9);
    table.add("tcp", "longest", CounterKind.MAX_ONLY, "longest", 5, 0, 9);
    table.add("pcap.eth0", "drop", CounterKind.COUNTER, "dropped", 1, 0, 0);
    table.add("ev_ring0.evtype", "call-start", CounterKind.COUNTER, "of this type", 2, 0, 0);
    table.add("x", "huge", CounterKind.COUNTER, "", -1, 0, 0);
    CounterMetrics.add(out, table);
    assertThat(out.text())
        .contains(
            "# TYPE callscope_pkt_stats_sip_invite_total counter\n",
            "\ncallscope_pkt_stats_sip_invite_total 7\n",
            "\ncallscope_pkt_stats_http_reqs_total 3\n",
            "# TYPE callscope_calls_active gauge\n",
            "\ncallscope_calls_active 5\n",
            "\ncallscope_calls_active_max 9\n",
            "\ncallscope_gc_walked_min 2\n",
            "\ncallscope_tcp_longest_max 9\n",
            "\ncallscope_input_drop_total{input=\"eth0\"} 1\n",
            "\ncallscope_events_total{type=\"call-start\"} 2\n",
            "\ncallscope_x_huge_total 1.8446744073709552E19\n")
        .doesNotContain("\ncallscope_tcp_longest ");
  }

  @Test
  void theVmTellsOfItself() {
    JvmMetrics.add(out);
    assertThat(out.text())
        .contains("callscope_jvm_heap_used_bytes ", "callscope_jvm_gc_seconds_total{gc=\"");
  }
}
