package io.callscope.ipfix;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Group {@code ipfix}: connections, messages and sets. Written by the collector's thread. */
final class IpfixCounters {
  private static final int SIP_KINDS = 10;

  private final CounterGroup.Builder builder = new CounterGroup.Builder("ipfix");
  final int connsActive = builder.add("conns_active", CounterKind.GAUGE_MAX, "open connections");
  final int connsTotal = builder.add("conns_total", "connections accepted");

  @SuppressWarnings("unused") // kept, always 0: scripts look for it
  private final int connsPool = builder.add("conns_pool", "kept, always 0: scripts look for it");

  final int templateSets = builder.add("template_sets", "template sets, which SBCs do not send");
  final int optTemplateSets =
      builder.add("opt_template_sets", "options template sets, which SBCs do not send");
  final int unknownSets = builder.add("unknown_sets", "sets of an id that is not decoded");
  final int ignoredSets =
      builder.add("ignored_sets", "sets left out by -ipfix_ignore_ingress or -ipfix_ignore_egress");
  final int keepalives = builder.add("keepalives", "keep-alives");
  final int connOpen = builder.add("conn_open", "connect requests");
  private final int sip = addSip();
  final int maxConnLifetime =
      builder.add("max_conn_lifetime", CounterKind.MAX_ONLY, "longest connection that ended, s");
  final int maxSets = builder.add("max_sets", CounterKind.MAX_ONLY, "most sets of a message");
  final int maxPadding =
      builder.add("max_padding", CounterKind.MAX_ONLY, "most bytes behind the record of a set");
  final int paddedSets = builder.add("padded_sets", "sets with bytes behind their record");
  final int shortRead = builder.add("short_read", "reads that ended within a message");
  final int longRead = builder.add("long_read", "messages that began in a read behind another");
  final int dbgIoDeadlines =
      builder.add("dbg_io_deadlines", "timers of connections that had been heard meanwhile");
  final int pktsSent = builder.add("pkts_sent", "answers to connect requests");
  final int bytesSent = builder.add("bytes_sent", "bytes of them");
  final int pktsRcvd = builder.add("pkts_rcvd", "IPFIX messages");
  final int bytesRcvd = builder.add("bytes_rcvd", "bytes read");
  final int errParse = builder.add("err_parse", "messages, sets and records that are malformed");
  final int errTimeout = builder.add("err_timeout", "connections closed because they were silent");
  final int errOther = builder.add("err_other", "connections that failed");
  final int errBug = builder.add("err_bug", "faults of the program");
  final int sets = builder.add("sets", "sets");
  final int errSets = builder.add("err_sets", "of err_parse: sets whose record is malformed");
  final int qos = builder.add("qos", "reports of media quality");
  final int qosRecords =
      builder.add("qos_records", "records of them sent to trackers, one for each leg");
  final int linkRecords =
      builder.add("link_records", "records sent to trackers that link two legs");
  final int connsRefused =
      builder.add(
          "conns_refused",
          "connections refused: of addresses that -ipfix_allow does not have, or too many");
  final int refusedFull =
      builder.add("conns_refused_full", "of those: -ipfix_max_connections were there already");
  final int connsDisplaced =
      builder.add("conns_displaced", "connections without a handshake that made room for others");
  final int connsUnread =
      builder.add("conns_unread", "connections closed because they read no answers");
  final int partialMsgs = builder.add("partial_msgs", "messages that connections ended within");
  final int truncated = builder.add("truncated", "SIP messages that are cut");
  final int repaired =
      builder.add("truncated_headers", "of those: cut within the headers, read up to there");
  final int seqGaps = builder.add("seq_gaps", "jumps of sequence numbers");
  final int clockSetBack =
      builder.add("clock_set_back", "times the clock of this machine was set back");
  final int clockOff =
      builder.add("clock_off", "records of the future, whose arrival counts instead");
  final int handoverBytes =
      builder.add(
          "handover_bytes", CounterKind.GAUGE_MAX, "bytes read that wait for the decoding thread");
  final int pauses =
      builder.add("pauses", "times reading from sockets stopped until the decoding has caught up");
  final int parsed = builder.add("parsed", "SIP messages of the records");
  final int unparsed = builder.add("unparsed", "messages of the records that do not parse");
  final int noSip = builder.add("no_sip", "payloads of the records that cannot be SIP");
  final int noSipStream = builder.add("no_sip_stream", "of those: not over UDP");
  final int bytesUnread =
      builder.add("bytes_unread", "bytes read and given up when the collector was stopped");
  private final CounterGroup group = builder.build();

  private int addSip() {
    int first = builder.add("sip_udp4_in", "messages over UDP and IPv4 that SBCs received");
    builder.add("sip_udp4_out", "messages over UDP and IPv4 that SBCs sent");
    builder.add("sip_tcp4_in", "messages over TCP and IPv4 that SBCs received");
    builder.add("sip_tcp4_out", "messages over TCP and IPv4 that SBCs sent");
    builder.add("sip_sctp4_in", "messages over SCTP that SBCs received");
    builder.add("sip_sctp4_out", "messages over SCTP that SBCs sent");
    builder.add("sip_udp6_in", "messages over UDP and IPv6 that SBCs received");
    builder.add("sip_udp6_out", "messages over UDP and IPv6 that SBCs sent");
    builder.add("sip_tcp6_in", "messages over TCP and IPv6 that SBCs received");
    builder.add("sip_tcp6_out", "messages over TCP and IPv6 that SBCs sent");
    return first;
  }

  CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  void max(int counter, long value) {
    if (value > group.value(counter)) {
      group.set(counter, value);
    }
  }

  /** A SIP record, of a set id from 258 to 263. */
  void sip(int setId, boolean ipv6) {
    int kind = setId - SetId.UDP_IN;
    if (ipv6) {
      kind = setId <= SetId.UDP_OUT ? 6 + (setId & 1) : 8 + (setId & 1);
    }
    group.increment(sip + kind);
  }

  long sipRecords() {
    long sum = 0;
    for (int i = 0; i < SIP_KINDS; i++) {
      sum += group.value(sip + i);
    }
    return sum;
  }

  /** Every set was decoded, or left for a reason. */
  Balance balance() {
    Map<String, Long> left = new LinkedHashMap<>();
    for (int counter :
        new int[] {ignoredSets, unknownSets, templateSets, optTemplateSets, errSets}) {
      left.put(group.definitions().get(counter).name(), group.value(counter));
    }
    long handled =
        sipRecords() + group.value(qos) + group.value(connOpen) + group.value(keepalives);
    return new Balance("sets", group.value(sets), handled, left);
  }
}
