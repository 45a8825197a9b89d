package io.callscope.web.health;

import io.callscope.counters.CounterTable;
import io.callscope.web.health.Stage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the counters of all services must add up. Each line compares what one service says it gave
 * with what the next says it got, so that nothing can go missing between them.
 */
public final class Stages {
  /** Of the collector, which need not run: without it its counters are left out. */
  private static final String OPTIONAL = "ipfix.";

  /** From sources to pcap writers, and from those to the files of calls. */
  private static final String DUMP = "dump";

  private static final String DUMP_FILES = "dump files";

  /** SIP messages that SBCs reported. */
  private static final List<String> IPFIX_SIP =
      List.of(
          "ipfix.sip_udp4_in",
          "ipfix.sip_udp4_out",
          "ipfix.sip_tcp4_in",
          "ipfix.sip_tcp4_out",
          "ipfix.sip_sctp4_in",
          "ipfix.sip_sctp4_out",
          "ipfix.sip_udp6_in",
          "ipfix.sip_udp6_out",
          "ipfix.sip_tcp6_in",
          "ipfix.sip_tcp6_out");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "packets",
              List.of("pkt_stats.total_packets", "pkt_stats.ip4_defrag", "pkt_stats.ip6_defrag"),
              List.of(
                  "pkt_stats.udp", "pkt_stats.tcp", "pkt_stats.ip4_frags", "pkt_stats.ip6_frags"),
              List.of(
                  "pkt_stats.filtered",
                  "pkt_stats.sctp",
                  "pkt_stats.icmp",
                  "pkt_stats.gre_other",
                  "pkt_stats.ip_other",
                  "pkt_stats.not_ip",
                  "pkt_stats.link_unsupported",
                  "pkt_stats.cut",
                  "pkt_stats.malformed"),
              List.of()),
          new Rule(
              "fragments",
              List.of("pkt_stats.ip4_frags", "pkt_stats.ip6_frags"),
              List.of("pkt_stats.frag_reassembled", "pkt_stats.frag_waiting"),
              List.of("pkt_stats.frag_duplicates", "pkt_stats.frag_malformed"),
              List.of("pkt_stats.frag_timeouts", "pkt_stats.frag_evicted", "pkt_stats.frag_cut")),
          new Rule(
              "ipfix",
              List.of("ipfix.sets"),
              with(IPFIX_SIP, List.of("ipfix.qos", "ipfix.conn_open", "ipfix.keepalives")),
              List.of(
                  "ipfix.ignored_sets",
                  "ipfix.unknown_sets",
                  "ipfix.template_sets",
                  "ipfix.opt_template_sets",
                  "ipfix.err_sets"),
              List.of()),
          new Rule(
              "ipfix messages",
              IPFIX_SIP,
              List.of("ipfix.parsed"),
              List.of("ipfix.unparsed", "ipfix.no_sip"),
              List.of()),
          new Rule(
              "datagrams",
              List.of(
                  "pkt_stats.udp",
                  "pkt_stats.injected_udp",
                  "ipfix.sip_udp4_in",
                  "ipfix.sip_udp4_out",
                  "ipfix.sip_udp6_in",
                  "ipfix.sip_udp6_out",
                  "ipfix.no_sip_stream"),
              List.of("pkt_stats.sip_udp"),
              List.of("pkt_stats.parse_errs_udp", "pkt_stats.probes", "pkt_stats.dtls"),
              List.of()),
          new Rule(
              "TCP",
              List.of("pkt_stats.tcp"),
              List.of("pkt_stats.tcp_payloads", "pkt_stats.ws"),
              List.of("pkt_stats.tcp_empty"),
              List.of()),
          new Rule(
              "segments",
              List.of("pkt_stats.tcp_payloads"),
              List.of("pkt_stats.tcp_segs", "pkt_stats.tcp_queued"),
              List.of("pkt_stats.tcp_dups", "pkt_stats.tcp_ign", "pkt_stats.tcp_stray"),
              List.of()),
          new Rule(
              "segment bytes",
              List.of("pkt_stats.tcp_payload_bytes", "pkt_stats.tcp_missed_bytes"),
              List.of("pkt_stats.tcp_total_rcvd", "pkt_stats.tcp_queued_bytes"),
              List.of(
                  "pkt_stats.tcp_dup_bytes",
                  "pkt_stats.tcp_ign_bytes",
                  "pkt_stats.tcp_stray_bytes"),
              List.of("pkt_stats.tcp_missed_bytes")),
          new Rule(
              "stream bytes",
              List.of("pkt_stats.tcp_total_rcvd"),
              List.of("pkt_stats.tcp_sip_bytes", "pkt_stats.tcp_held_bytes"),
              List.of(
                  "pkt_stats.tcp_keepalive_bytes",
                  "pkt_stats.tcp_skipped_bytes",
                  "pkt_stats.tcp_cut_bytes",
                  "pkt_stats.tcp_lost_bytes",
                  "pkt_stats.tcp_foreign_bytes"),
              List.of()),
          new Rule(
              "web",
              List.of("pkt_stats.ws"),
              List.of("pkt_stats.http.tcp_payloads"),
              List.of("pkt_stats.http.tcp_empty"),
              List.of()),
          new Rule(
              "web segments",
              List.of("pkt_stats.http.tcp_payloads"),
              List.of("pkt_stats.http.tcp_segs", "pkt_stats.http.tcp_queued"),
              List.of(
                  "pkt_stats.http.tcp_dups", "pkt_stats.http.tcp_ign", "pkt_stats.http.tcp_stray"),
              List.of()),
          new Rule(
              "web segment bytes",
              List.of("pkt_stats.http.tcp_payload_bytes", "pkt_stats.http.tcp_missed_bytes"),
              List.of("pkt_stats.http.tcp_total_rcvd", "pkt_stats.http.tcp_queued_bytes"),
              List.of(
                  "pkt_stats.http.tcp_dup_bytes",
                  "pkt_stats.http.tcp_ign_bytes",
                  "pkt_stats.http.tcp_stray_bytes"),
              List.of("pkt_stats.http.tcp_missed_bytes")),
          new Rule(
              "web bytes",
              List.of("pkt_stats.http.tcp_total_rcvd"),
              List.of("pkt_stats.http.frame_bytes"),
              List.of(
                  "pkt_stats.http.head_bytes",
                  "pkt_stats.http.body_bytes",
                  "pkt_stats.http.blank_bytes",
                  "pkt_stats.http.skipped_bytes",
                  "pkt_stats.http.foreign_bytes"),
              List.of()),
          new Rule(
              "WebSocket",
              List.of("pkt_stats.http.ws.messages"),
              List.of("pkt_stats.http.ws.sip_ok", "pkt_stats.http.ws.open"),
              List.of(
                  "pkt_stats.http.ws.sip_err",
                  "pkt_stats.http.ws.sip_empty",
                  "pkt_stats.http.ws.sip_tiny",
                  "pkt_stats.http.ws.huge_packets"),
              List.of("pkt_stats.http.ws.sip_comp_err", "pkt_stats.http.ws.lost")),
          new Rule(
              "records",
              List.of(
                  "pkt_stats.parse_ok",
                  "pkt_stats.parse_errs",
                  "pkt_stats.probes",
                  "ipfix.qos_records",
                  "ipfix.link_records"),
              List.of("feed.records_sent"),
              List.of(),
              List.of("feed.records_unsent", "feed.records_overflow")),
          new Rule(
              "bus",
              List.of("feed.records_sent"),
              List.of("partition.messages", "partition.others"),
              List.of(),
              List.of("feed.acks.records_unacknowledged")),
          new Rule(
              "tracker",
              List.of("partition.messages"),
              List.of(
                  "pkt_stats.tracked_ok_udp",
                  "pkt_stats.tracked_ok_tcp",
                  "pkt_stats.tracked_ok_ws"),
              List.of("pkt_stats.tracked_err_headers"),
              List.of("calls.fail_lim", "calls.fail_new", "calls.fail_chain", "partition.failed")),
          new Rule(
              DUMP,
              List.of("pcap_dump.offered_msgs"),
              List.of("pcap_dump.received_msgs"),
              List.of(),
              List.of("pcap_dump.dropped_queue", "pcap_dump.acks.records_unacknowledged"),
              "pcap_dump.crt_queued_msgs"),
          new Rule(
              DUMP_FILES,
              List.of("pcap_dump.received_msgs"),
              List.of("pcap_dump.written_msgs", "pcap_dump.crt_alloc_msgs"),
              List.of(
                  "pcap_dump.dropped_off",
                  "pcap_dump.dropped_filter",
                  "pcap_dump.err_missing_file"),
              List.of(
                  "pcap_dump.err_subdirs",
                  "pcap_dump.err_new_file",
                  "pcap_dump.err_foreign_file",
                  "pcap_dump.err_wr_header",
                  "pcap_dump.err_wr_msg",
                  "pcap_dump.err_other",
                  "pcap_dump.err_bug",
                  "pcap_dump.err_stopped")),
          new Rule(
              "registrations",
              List.of("regs.fail_lim", "regs.fail_new"),
              List.of(),
              List.of(),
              List.of("regs.fail_lim", "regs.fail_new")),
          new Rule(
              "events",
              List.of("pkt_stats.events_raised"),
              List.of("ev_rate.published"),
              List.of("ev_rate.blst_type", "ev_rate.blst_silent"),
              List.of("partition.events_lost")),
          new Rule(
              "event ring",
              List.of("ev_rate.published"),
              List.of("ev_ring0.queued"),
              List.of("ev_ring0.before"),
              List.of()));

  private Stages() {}

  private static List<String> with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /**
   * Names of counters: in = handled + refused + lost.
   *
   * @param waiting of a queue that is long and may be full for hours; empty if there is none
   */
  private record Rule(
      String name,
      List<String> in,
      List<String> handled,
      List<String> refused,
      List<String> lost,
      String waiting) {
    Rule(
        String name,
        List<String> in,
        List<String> handled,
        List<String> refused,
        List<String> lost) {
      this(name, in, handled, refused, lost, "");
    }

    Stage of(CounterTable figures) {
      return new Stage(
          name,
          sum(figures, in),
          sum(figures, handled),
          reasons(figures, refused),
          reasons(figures, lost),
          waiting.isEmpty() ? 0 : figures.value(waiting));
    }

    /** Both sides have told their figures. */
    boolean isToldBy(CounterTable figures) {
      return Stream.concat(in.stream(), handled.stream())
          .filter(counter -> !counter.startsWith(OPTIONAL))
          .allMatch(counter -> figures.hasGroup(counter.substring(0, counter.lastIndexOf('.'))));
    }

    private static long sum(CounterTable figures, List<String> counters) {
      return counters.stream().mapToLong(figures::value).sum();
    }

    private static List<Reason> reasons(CounterTable figures, List<String> counters) {
      return counters.stream()
          .map(counter -> new Reason(counter, figures.value(counter)))
          .filter(reason -> reason.count() > 0)
          .toList();
    }
  }

  /** The stages that have anything to tell, and what the interfaces dropped before them. */
  public static List<Stage> of(CounterTable figures) {
    List<Stage> stages = new ArrayList<>();
    List<Reason> dropped = drops(figures);
    if (!dropped.isEmpty()) {
      long before = figures.value("pkt_stats.total_packets");
      long all = before + dropped.stream().mapToLong(Reason::count).sum();
      stages.add(new Stage("capture", all, before, List.of(), dropped, 0));
    }
    for (Rule rule : RULES) {
      Stage stage = rule.of(figures);
      if (rule.isToldBy(figures) && (stage.in() != 0 || stage.handled() != 0)) {
        stages.add(stage);
      }
    }
    return stages;
  }

  /** Those that put messages into files of calls, where some of these are in none. */
  public static List<Stage> withMissingInFiles(CounterTable figures) {
    return of(figures).stream()
        .filter(stage -> stage.name().equals(DUMP) || stage.name().equals(DUMP_FILES))
        .filter(stage -> stage.lostTotal() > 0)
        .toList();
  }

  /** What kernel and interfaces dropped: all counters of that name in the groups of the inputs. */
  private static List<Reason> drops(CounterTable figures) {
    List<Reason> drops = new ArrayList<>();
    for (String group : figures.within("pcap")) {
      for (CounterTable.Row figure : figures.rows(group)) {
        if (figure.value() > 0 && figure.name().contains("drop")) {
          drops.add(new Reason(figure.fullName(), figure.value()));
        }
      }
    }
    return drops;
  }
}
