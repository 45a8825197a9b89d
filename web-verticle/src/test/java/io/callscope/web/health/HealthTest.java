package io.callscope.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.callscope.web.health.StageWatch.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private static final String HELD_BACK = "; rate limits hold events back: 6";

  /** A run in which every rule has figures and all add up. */
  private static final String SOUND =
      """
      pkt_stats.total_packets=118 pkt_stats.ip4_defrag=1 pkt_stats.udp=100 pkt_stats.sctp=1
      pkt_stats.ip4_frags=2 pkt_stats.icmp=1 pkt_stats.gre_other=1 pkt_stats.frag_reassembled=2
      pkt_stats.ip_other=1 pkt_stats.not_ip=1 pkt_stats.link_unsupported=1 pkt_stats.cut=1
      pkt_stats.malformed=1
      pkt_stats.parse_ok=90 pkt_stats.parse_errs=5 pkt_stats.probes=3 pkt_stats.dtls=2
      pkt_stats.sip_udp=90 pkt_stats.parse_errs_udp=5
      pkt_stats.tcp=9 pkt_stats.ws=2 pkt_stats.tcp_empty=1 pkt_stats.tcp_payloads=6 pkt_stats.tcp_segs=2
      pkt_stats.tcp_queued=1 pkt_stats.tcp_dups=1 pkt_stats.tcp_ign=1 pkt_stats.tcp_stray=1
      pkt_stats.tcp_payload_bytes=60 pkt_stats.tcp_total_rcvd=20 pkt_stats.tcp_queued_bytes=10
      pkt_stats.tcp_dup_bytes=10 pkt_stats.tcp_ign_bytes=10 pkt_stats.tcp_stray_bytes=10
      pkt_stats.tcp_sip_bytes=14 pkt_stats.tcp_held_bytes=1 pkt_stats.tcp_keepalive_bytes=1
      pkt_stats.tcp_skipped_bytes=1 pkt_stats.tcp_cut_bytes=1 pkt_stats.tcp_lost_bytes=1
      pkt_stats.tcp_foreign_bytes=1
      pkt_stats.http.tcp_payloads=2 pkt_stats.http.tcp_segs=2 pkt_stats.http.tcp_payload_bytes=9
      pkt_stats.http.tcp_total_rcvd=9 pkt_stats.http.frame_bytes=4 pkt_stats.http.head_bytes=1
      pkt_stats.http.body_bytes=1 pkt_stats.http.blank_bytes=1 pkt_stats.http.skipped_bytes=1
      pkt_stats.http.foreign_bytes=1
      pkt_stats.http.ws.messages=6 pkt_stats.http.ws.sip_ok=1 pkt_stats.http.ws.open=1
      pkt_stats.http.ws.sip_err=1 pkt_stats.http.ws.sip_empty=1 pkt_stats.http.ws.sip_tiny=1
      pkt_stats.http.ws.huge_packets=1
      feed.records_sent=98 partition.messages=90 partition.others=8
      pkt_stats.tracked_ok_udp=80 pkt_stats.tracked_ok_tcp=5 pkt_stats.tracked_ok_ws=3
      pkt_stats.tracked_err_headers=2
      pkt_stats.events_raised=40 ev_rate.published=30 ev_rate.blst_type=4 ev_rate.blst_silent=6
      ev_ring0.queued=30
      """;

  private static CounterTable figures(String changes) {
    Map<String, Long> values = new LinkedHashMap<>();
    Arrays.stream((SOUND + " " + changes).strip().split("\\s+", -1))
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.merge(pair[0], Long.valueOf(pair[1]), Long::sum));
    CounterTable table = new CounterTable();
    values.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          String group = name.substring(0, dot);
          table.add(group, name.substring(dot + 1), CounterKind.COUNTER, "", value, value, value);
        });
    return table;
  }

  @Test
  void isUnknownWithoutFigures() {
    assertThat(Health.of(new CounterTable(), Map.of()).state()).isEqualTo(Health.State.UNKNOWN);
  }

  @Test
  void isGoodWhereAllAddsUp() {
    Health health = Health.atEnd(figures(""));
    assertThat(health.text()).isEqualTo("in = handled + dropped, nothing lost" + HELD_BACK);
    assertThat(health.isHoldingBack()).isTrue();
    assertThat(health.state()).isEqualTo(Health.State.GOOD);
    assertThat(health.stages())
        .extracting(Stage::name)
        .containsExactly(
            "packets",
            "fragments",
            "datagrams",
            "TCP",
            "segments",
            "segment bytes",
            "stream bytes",
            "web",
            "web segments",
            "web segment bytes",
            "web bytes",
            "WebSocket",
            "records",
            "bus",
            "tracker",
            "events",
            "event ring");
  }

  @Test
  void isBadWhereInputsAreGoneOrUnread() {
    Health health =
        Health.atEnd(
            figures(
                "pcap.eth0.blind=1 pcap.eth1.blind=0 pcap.a_pcap.unread_bytes=77 pcap.b_pcap.failed=1"
                    + " pcap.uploads.failed=1 pcap.uploads.unread_bytes=5"));
    assertThat(health.text())
        .isEqualTo(
            "77 bytes of a_pcap were not read; b_pcap could not be read; nothing is captured on eth0"
                + HELD_BACK);
    assertThat(health.state()).isEqualTo(Health.State.LOSS);
  }

  @Test
  void tellsWhatMayBeUnexpectedThoughNothingIsLost() {
    List<Hint> hints =
        Health.of(
                figures("pkt_stats.tcp_http_ws=2 pkt_stats.vxlan_unread=3 pkt_stats.back_times=12"),
                Map.of())
            .hints();
    assertThat(hints)
        .extracting(Hint::text)
        .satisfiesExactly(
            rates -> assertThat(rates).contains("held 6 events back"),
            types -> assertThat(types).contains("by their type: 4"),
            webSockets -> assertThat(webSockets).contains("2 TCP streams", "-websocket_ports"),
            tunnels -> assertThat(tunnels).contains("3 datagrams", "-vxlan_ports"),
            links -> assertThat(links).contains("1 packets are of a link type"),
            times -> assertThat(times).contains("12 packets were captured before"));
    assertThat(hints.get(0).href()).startsWith("/evrateblst/list");
    assertThat(hints.get(1).withPage()).endsWith("by their type: 4: see /events/blst");
    assertThat(hints.get(2).withPage()).isEqualTo(hints.get(2).text());
    assertThat(Health.of(figures("ev_rate.blst_silent=-6"), Map.of()).isHoldingBack()).isFalse();
  }

  @Test
  void aCertificateThatExpiresIsHintedAt() {
    assertThat(Hint.of(figures("web.tls.expiring=1")))
        .extracting(Hint::text)
        .anyMatch(
            text ->
                text.startsWith(
                    "The certificate of a web server has expired, is not valid yet or expires"));
    assertThat(Hint.of(figures("web.tls.expiring=0")))
        .extracting(Hint::text)
        .noneMatch(text -> text.contains("certificate"));
  }

  @Test
  void messagesThatAreInNoFileAreHintedAt() {
    CounterTable figures =
        figures(
            "pcap_dump.offered_msgs=9 pcap_dump.received_msgs=8 pcap_dump.dropped_queue=1"
                + " pcap_dump.written_msgs=5 pcap_dump.err_wr_msg=2 pcap_dump.err_new_file=1");
    assertThat(Hint.of(figures))
        .extracting(Hint::text)
        .anyMatch(text -> text.startsWith("4 messages are missing in the files of calls"));
    assertThat(Stages.withMissingInFiles(figures))
        .extracting(Stage::losses)
        .containsExactly(
            "pcap_dump.dropped_queue 1", "pcap_dump.err_new_file 1, pcap_dump.err_wr_msg 2");
    assertThat(Stages.withMissingInFiles(figures(""))).isEmpty();
  }

  @Test
  void aFewPacketsOutOfOrderAreNotSpokenOf() {
    assertThat(Health.of(figures("pkt_stats.back_times=11"), Map.of()).hints())
        .extracting(Hint::text)
        .noneMatch(text -> text.contains("captured before"));
  }

  @Test
  void whatIsOpenAtTheEndIsNotOnItsWay() {
    assertThat(Health.of(figures("pkt_stats.total_packets=1"), Map.of()).text())
        .startsWith("in = handled + dropped, nothing lost");
    assertThat(Health.atEnd(figures("pkt_stats.total_packets=1")).text())
        .startsWith("packets cannot account for 1");
  }

  @ParameterizedTest
  @CsvSource({
    "pcap.eth0.drop=17, capture lost 17 (pcap.eth0.drop)",
    "pkt_stats.total_packets=1, packets cannot account for 1",
    "pkt_stats.icmp=1, packets counts 1 more than came in",
    "pkt_stats.tcp_segs=-1, segments cannot account for 1",
    "pkt_stats.http.ws.messages=1 pkt_stats.http.ws.lost=1, WebSocket lost 1 (pkt_stats.http.ws.lost)",
    "pkt_stats.tcp_missed_bytes=700, segment bytes lost 700 (pkt_stats.tcp_missed_bytes)",
    "feed.records_sent=-1 feed.records_unsent=1 partition.others=-1, records lost 1 (feed.records_unsent)",
    "feed.records_sent=-1 partition.others=-1, records cannot account for 1",
    "partition.others=-1, bus cannot account for 1",
    "partition.others=-1 feed.acks.records_unacknowledged=1, bus lost 1 (feed.acks.records_unacknowledged)",
    "pkt_stats.tracked_ok_udp=-1, tracker cannot account for 1",
    "pkt_stats.tracked_ok_udp=-1 calls.fail_lim=1, tracker lost 1 (calls.fail_lim)",
    "pkt_stats.tracked_ok_udp=-1 partition.failed=1, tracker lost 1 (partition.failed)",
    "regs.fail_lim=3, registrations lost 3 (regs.fail_lim)",
    "pkt_stats.events_raised=2, events cannot account for 2",
    "pkt_stats.events_raised=2 partition.events_lost=2, events lost 2 (partition.events_lost)",
    "ev_ring0.queued=-1, event ring cannot account for 1",
  })
  void namesTheStageThatDoesNotAddUp(String changes, String text) {
    Health health = Health.atEnd(figures(changes));
    assertThat(health.text()).isEqualTo(text + HELD_BACK);
    assertThat(health.state()).isEqualTo(Health.State.LOSS);
  }

  @Test
  void whatIsOnItsWayIsNoLoss() {
    Health health = Health.of(figures("pkt_stats.events_raised=2"), Map.of());
    assertThat(health.state()).isEqualTo(Health.State.GOOD);
  }

  @Test
  void aLossOfLongAgoHidesNoNewOne() {
    String loss = "pcap.eth0.drop=17";
    long news = Health.NEWS_NANOS;
    Map<String, Verdict> old = Map.of("capture", new Verdict(0, 3 * news));
    assertThat(Health.of(figures(loss), Map.of("capture", new Verdict(0, news - 1))).state())
        .isEqualTo(Health.State.LOSS);
    Health health = Health.of(figures(loss), old);
    assertThat(health.state()).isEqualTo(Health.State.GOOD);
    assertThat(health.text())
        .startsWith("in = handled + dropped; capture lost 17 (pcap.eth0.drop), none for 3 h");
    assertThat(Health.of(figures(loss), Map.of("capture", new Verdict(0, 100 * news))).text())
        .contains("none for 4 days");
    assertThat(Health.of(figures(loss + " partition.failed=1"), old).text())
        .startsWith("tracker lost 1 (partition.failed)");
  }

  @Test
  void namesWhatIsCertainlyMissing() {
    assertThat(Health.of(figures(""), Map.of("bus", new Verdict(12, 0))).text())
        .startsWith("bus cannot account for 12");
    assertThat(Health.of(figures(""), Map.of("bus", new Verdict(-3, 0))).text())
        .startsWith("bus counts 3 more than came in");
  }
}
