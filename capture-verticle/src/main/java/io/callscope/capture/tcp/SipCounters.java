package io.callscope.capture.tcp;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the bytes of SIP streams, in {@code pkt_stats}. Every byte that was delivered is
 * of a message, between messages, or left out for a reason.
 */
public final class SipCounters {
  final int messageBytes;
  final int blankBytes;
  final int skippedBytes;
  final int cutBytes;
  final int lostBytes;
  final int foreignBytes;
  final int heldBytes;
  final int hugePackets;
  final int cutBodies;
  final int lostMessages;
  final int resyncs;
  final int falseStarts;
  final int tls;
  final int http;
  final int upgrades;
  final int notSip;
  private CounterGroup group;

  /**
   * @param builder of the group they are part of
   */
  public SipCounters(CounterGroup.Builder builder) {
    messageBytes = builder.add("tcp_sip_bytes", "bytes of messages in TCP streams");
    blankBytes =
        builder.add("tcp_keepalive_bytes", "line ends between messages, such as keep-alives");
    skippedBytes =
        builder.add("tcp_skipped_bytes", "bytes passed over while looking for a start line");
    cutBytes = builder.add("tcp_cut_bytes", "bytes of bodies that were left out");
    lostBytes = builder.add("tcp_lost_bytes", "bytes of messages that stayed incomplete");
    foreignBytes = builder.add("tcp_foreign_bytes", "bytes of streams that are no SIP");
    heldBytes =
        builder.add(
            "tcp_held_bytes", CounterKind.GAUGE_MAX, "bytes of messages that are incomplete");
    hugePackets = builder.add("huge_packets", "messages whose headers fit no buffer");
    cutBodies = builder.add("tcp_cut_bodies", "messages of whose body a part is missing");
    lostMessages = builder.add("tcp_lost_messages", "messages of whose headers a part never came");
    resyncs = builder.add("tcp_resyncs", "start lines found after a fault or a hole");
    falseStarts =
        builder.add("tcp_false_starts", "start lines found that begin no message after all");
    tls = builder.add("tls", "TLS streams, which cannot be read");
    http = builder.add("tcp_http", "streams that are HTTP, which is not followed here");
    upgrades =
        builder.add("tcp_http_ws", "HTTP streams that ask for a WebSocket: see -websocket_ports");
    notSip = builder.add("tcp_not_sip", "streams that begin with something else");
  }

  /** The group they are part of; once, before anything is counted. */
  public void countIn(CounterGroup built) {
    group = built;
  }

  /** A TLS stream. */
  public void tls() {
    group.increment(tls);
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  /** What became of the bytes that SIP streams delivered. */
  public Balance balance(long received) {
    Map<String, Long> drops = new LinkedHashMap<>();
    for (int reason :
        new int[] {blankBytes, skippedBytes, cutBytes, lostBytes, foreignBytes, heldBytes}) {
      drops.put(group.definitions().get(reason).name(), group.value(reason));
    }
    return new Balance("stream bytes", received, group.value(messageBytes), drops);
  }
}
