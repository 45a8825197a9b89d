package io.callscope.ipfix;

import io.callscope.counters.CounterGroup;
import io.callscope.feed.SipKindCounters;
import io.callscope.net.Transport;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;

/**
 * What the messages of the SBCs were: the part of group {@code pkt_stats} that is about SIP, so
 * that they add up with captured ones. Written by the collector's thread.
 */
final class SipCounters {

  private final CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");
  private final int sipUdp = builder.add("sip_udp", "SIP messages over UDP");
  private final int sipTcp = builder.add("sip_tcp", "SIP messages over TCP");
  private final int parseErrs = builder.add("parse_errs", "messages that do not parse");
  private final int parseErrsUdp =
      builder.add("parse_errs_udp", "messages over UDP that do not parse");
  private final int parseErrsTcp =
      builder.add("parse_errs_tcp", "messages over TCP that do not parse");
  private final int offsetErrs = builder.add("offset_errs", "messages with bytes left behind them");
  private final int bodyErrs =
      builder.add("body_errs", "messages whose Content-Length does not fit");
  private final int parseOk = builder.add("parse_ok", "SIP messages");
  private final int sipReqs = builder.add("sip_reqs", "SIP requests");
  private final int sipRepls = builder.add("sip_repls", "SIP replies");
  private final SipKindCounters kinds = new SipKindCounters(builder);
  private final int probes = builder.add("probes", "payloads that cannot be SIP");
  private final int notSip = builder.add("not_sip", "probes: anything else");
  private final int badTimes = builder.add("bad_times", "packets with an absurd capture time");
  private final int backTimes = builder.add("back_times", "packets captured before an earlier one");
  private final CounterGroup group = builder.build();

  CounterGroup group() {
    return group;
  }

  void message(int[] row, Transport transport) {
    group.increment(parseOk);
    if (transport == Transport.UDP) {
      group.increment(sipUdp);
    } else if (transport == Transport.TCP) {
      group.increment(sipTcp);
    }
    int flags = row[SipIndex.FLAGS];
    if ((flags & SipIndex.FLAG_REPLY) != 0) {
      group.increment(sipRepls);
      kinds.reply(group, row[SipIndex.STATUS]);
    } else {
      group.increment(sipReqs);
      kinds.request(group, flags & SipIndex.METHOD_MASK);
    }
  }

  /** Content-Length is not what there is. */
  void wrongLength() {
    group.increment(offsetErrs);
    group.increment(bodyErrs);
  }

  void parseError(int error, Transport transport) {
    group.increment(parseErrs);
    group.increment(transport == Transport.UDP ? parseErrsUdp : parseErrsTcp);
    kinds.parseError(group, error);
    if (error == SipError.NO_CONTENT_LENGTH) {
      group.increment(bodyErrs);
    }
  }

  void probe() {
    group.increment(probes);
    group.increment(notSip);
  }

  void badTime() {
    group.increment(badTimes);
  }

  void backTime() {
    group.increment(backTimes);
  }

  /** Messages, parse errors and probes. */
  long records() {
    return group.value(parseOk) + group.value(parseErrs) + group.value(probes);
  }
}
