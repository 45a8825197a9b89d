package io.callscope.capture.ws;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Group {@code pkt_stats.http.ws}: frames, and the SIP messages in them. */
public final class WsCounters {
  private static final int PARSE_ERRORS = 17;

  private final CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats.http.ws");

  final int streams = builder.add("streams", "streams of WebSocket frames");
  final int errs = builder.add("errs", "frames that break the rules of the protocol");
  final int hugePackets = builder.add("huge_packets", "messages that fit no buffer");
  final int sipStreams = builder.add("sip_streams", "streams that carry SIP");
  final int ctrlFrames = builder.add("ctrl_frames", "close, ping and pong frames");
  final int sipFrames = builder.add("sip_frames", "data frames");
  final int sipFragments = builder.add("sip_frag_f", "data frames that are a part of a message");
  final int sipCompressed = builder.add("sip_comp_f", "data frames that begin a packed message");
  final int sipOk = builder.add("sip_ok", "SIP messages");
  final int sipEmpty = builder.add("sip_empty", "messages of line ends: keep-alives");
  final int sipErr = builder.add("sip_err", "messages that do not parse");
  final int sipTiny = builder.add("sip_tiny", "messages too short for SIP");
  final int messages = builder.add("messages", "messages begun");
  final int unpackErrs = builder.add("sip_comp_err", "packed messages that cannot be unpacked");
  final int lost = builder.add("lost", "messages of which a part never came");
  final int open =
      builder.add("open", CounterKind.GAUGE_MAX, "messages of which not all frames have come");
  private final int parseError = builder.addReasons("sip_p_err_", "SIP parse errors", PARSE_ERRORS);

  private final CounterGroup group = builder.build();

  public CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void begun() {
    group.increment(messages);
    group.add(open, 1);
  }

  /** A message is over, one way or the other. */
  void over(int counter) {
    group.increment(counter);
    group.add(open, -1);
  }

  void parseError(int error) {
    group.increment(parseError + Math.min(error, PARSE_ERRORS - 1));
  }

  /** What became of the messages. */
  public Balance balance() {
    Map<String, Long> drops = new LinkedHashMap<>();
    for (int reason : new int[] {sipErr, sipEmpty, sipTiny, hugePackets, unpackErrs, lost, open}) {
      drops.put(group.definitions().get(reason).name(), group.value(reason));
    }
    return new Balance("WebSocket", group.value(messages), group.value(sipOk), drops);
  }
}
