package io.callscope.capture.inject;

import io.callscope.counters.CounterGroup;
import io.callscope.feed.SipKindCounters;
import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;

/**
 * What became of injected messages, in {@code pkt_stats}: they are parsed and tracked like captured
 * ones, but were never packets. Written by one thread at a time, read by any.
 */
final class InjectCounters {

  private final CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");
  private final int injected = builder.add("injected", "messages put in by hand");
  private final int injectedUdp = builder.add("injected_udp", "of these, as over UDP");
  private final int parseAttempts = builder.add("parse_attempts", "UDP payloads looked at");
  private final int parseOk = builder.add("parse_ok", "SIP messages");
  private final int parseErrs = builder.add("parse_errs", "messages that do not parse");
  private final int sipUdp = builder.add("sip_udp", "SIP messages over UDP");
  private final int sipTcp = builder.add("sip_tcp", "SIP messages over TCP");
  private final int sipTls = builder.add("sip_tls", "SIP messages over TLS, put in by hand");
  private final int sipWs = builder.add("sip_ws", "SIP messages over WebSocket");
  private final int errsUdp = builder.add("parse_errs_udp", "messages over UDP that do not parse");
  private final int errsTcp = builder.add("parse_errs_tcp", "messages over TCP that do not parse");
  private final int errsTls = builder.add("parse_errs_tls", "messages over TLS that do not parse");
  private final int errsWs =
      builder.add("parse_errs_ws", "messages over WebSocket that do not parse");
  private final int offsetErrs = builder.add("offset_errs", "messages with bytes left behind them");
  private final int sipReqs = builder.add("sip_reqs", "requests");
  private final int sipRepls = builder.add("sip_repls", "replies");
  private final SipKindCounters kinds = new SipKindCounters(builder);
  private final CounterGroup group = builder.build();

  CounterGroup group() {
    return group;
  }

  void message(Transport transport, int[] row, boolean bytesLeft) {
    came(transport);
    group.increment(parseOk);
    group.increment(of(transport, sipUdp, sipTcp, sipTls, sipWs));
    int flags = row[SipIndex.FLAGS];
    if ((flags & SipIndex.FLAG_REPLY) != 0) {
      group.increment(sipRepls);
      kinds.reply(group, row[SipIndex.STATUS]);
    } else {
      group.increment(sipReqs);
      kinds.request(group, flags & SipIndex.METHOD_MASK);
    }
    if (bytesLeft) {
      group.increment(offsetErrs);
    }
  }

  void parseError(Transport transport, int reason) {
    came(transport);
    group.increment(parseErrs);
    group.increment(of(transport, errsUdp, errsTcp, errsTls, errsWs));
    kinds.parseError(group, reason);
  }

  private void came(Transport transport) {
    group.increment(injected);
    group.increment(parseAttempts);
    if (transport == Transport.UDP) {
      group.increment(injectedUdp);
    }
  }

  private static int of(Transport transport, int udp, int tcp, int tls, int ws) {
    return switch (transport) {
      case TCP -> tcp;
      case TLS -> tls;
      case WS, WSS -> ws;
      default -> udp;
    };
  }
}
