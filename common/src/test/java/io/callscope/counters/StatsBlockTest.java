package io.callscope.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatsBlockTest {
  private final CounterTable table = new CounterTable();

  private void count(String name, long value) {
    table.add("pkt_stats", name, CounterKind.COUNTER, "text of " + name, value, 0, 0);
  }

  @Test
  void hasARowForEachTopic() {
    count("total_packets", 12);
    count("ip4", 10);
    count("ip6", 2);
    assertThat(StatsBlock.text(StatsBlock.rows(table)))
        .startsWith(
            "packets:    total_packets:     12  ip4:     10  ip6:      2  injected:      0\n")
        .contains("\nRequests:   sip_reqs:      0\n", "\nTracked:    tracked_ok_udp:      0")
        .doesNotContain("sip_ws", "errors:");
  }

  @Test
  void listsOnlyTheMethodsClassesAndErrorsThatOccurred() {
    count("sip_udp", 9);
    count("parse_error_6", 3);
    count("parse_error_8", 0);
    count("sip_reqs", 5);
    count("sip_repls", 4);
    count("sip_INVITE", 5);
    count("sip_BYE", 0);
    count("sip_2XX", 4);
    count("sip_4XX", 0);
    assertThat(StatsBlock.text(StatsBlock.rows(table)))
        .contains("errors:     text of parse_error_6:      3\n")
        .endsWith(
            "Requests:   sip_reqs:      5  INVITE:      5\nReplies:    sip_repls:      4  2XX:      4\n");
  }

  @Test
  void hasWebSocketRowsOnlyWhereItIsCounted() {
    table.add("pkt_stats.http.ws", "streams", CounterKind.COUNTER, "", 0, 0, 0);
    assertThat(StatsBlock.text(StatsBlock.rows(table))).contains("sip_ws", "tracked_err_ws");
  }

  @Test
  void takesOtherFiguresThanTotals() {
    count("total_packets", 100);
    assertThat(StatsBlock.rows(table, name -> name.equals("ip4") ? 7 : 0).get(0).fields())
        .contains(new StatsBlock.Field("ip4", 7), new StatsBlock.Field("total_packets", 0));
  }
}
