package io.callscope.capture.ws;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is found in the streams of WebSocket ports, in {@code pkt_stats.http}. */
public final class HttpCounters {
  private static final String[] METHODS = {
    "UNDEF", "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "OTHER"
  };
  private static final int PARSE_ERRORS = 18;
  private static final int REPLY_CLASSES = 10;

  final int bufGrow;
  final int bufMax;
  final int parsedOk;
  final int parseErrs;
  final int hugePackets;
  final int bodyOk;
  final int bodyErrs;
  final int reqs;
  final int repls;
  final int upgradeReqs;
  final int upgradeOk;
  final int upgradeErr;
  final int upgradeWs;
  final int upgradeSip;
  final int headBytes;
  final int bodyBytes;
  final int frameBytes;
  final int blankBytes;
  final int skippedBytes;
  final int foreignBytes;
  final int joined;
  private final int parseError;
  private final int method;
  private final int replyClass;
  private CounterGroup group;

  /**
   * @param builder of the group they are part of
   */
  public HttpCounters(CounterGroup.Builder builder) {
    bufGrow = builder.add("buf_grow", "times a buffer had to grow");
    bufMax = builder.add("buf_max", CounterKind.MAX_ONLY, "largest buffer in bytes");
    parsedOk = builder.add("parsed_ok", "HTTP messages");
    parseErrs = builder.add("parse_errs", "HTTP messages that do not parse");
    hugePackets = builder.add("huge_packets", "HTTP messages whose headers fit no buffer");
    bodyOk = builder.add("body_ok", "chunked bodies passed over");
    bodyErrs = builder.add("body_errs", "chunked bodies that do not parse");
    reqs = builder.add("reqs", "HTTP requests");
    repls = builder.add("repls", "HTTP replies");
    upgradeReqs = builder.add("upgrade_reqs", "requests to upgrade");
    upgradeOk = builder.add("upgrade_ok", "upgrades accepted");
    upgradeErr = builder.add("upgrade_err", "upgrades refused");
    upgradeWs = builder.add("upgrade_ws", "requests and replies that upgrade to WebSocket");
    upgradeSip = builder.add("upgrade_sip", "of them, those for SIP");
    joined = builder.add("ws_joined", "streams in which frames were found without an upgrade");
    headBytes = builder.add("head_bytes", "bytes of start lines and headers");
    bodyBytes = builder.add("body_bytes", "bytes of bodies");
    frameBytes = builder.add("frame_bytes", "bytes of WebSocket frames");
    blankBytes = builder.add("blank_bytes", "line ends between messages");
    skippedBytes =
        builder.add("skipped_bytes", "bytes passed over while looking for a message or frame");
    foreignBytes = builder.add("foreign_bytes", "bytes of streams that are something else");
    parseError = builder.addReasons("p_err_", "parse errors", PARSE_ERRORS);
    method = builder.add("http_" + METHODS[0], "requests without a method");
    for (int i = 1; i < METHODS.length; i++) {
      builder.add("http_" + METHODS[i], METHODS[i] + " requests");
    }
    replyClass = builder.addReplyClasses("http_");
  }

  /** The group they are part of; once, before anything is counted. */
  public void countIn(CounterGroup built) {
    group = built;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  void grown(int size) {
    group.increment(bufGrow);
    group.set(bufMax, Math.max(group.value(bufMax), size));
  }

  void request(String name) {
    group.increment(reqs);
    int number = METHODS.length - 1;
    for (int i = 1; i < METHODS.length; i++) {
      number = METHODS[i].equals(name) ? i : number;
    }
    group.increment(method + number);
  }

  void reply(int status) {
    group.increment(repls);
    group.increment(replyClass + Math.min(status / 100, REPLY_CLASSES - 1));
  }

  void parseError(int error) {
    group.increment(parseErrs);
    group.increment(parseError + error);
  }

  /** What became of the bytes that were delivered. */
  public Balance balance(long received) {
    Map<String, Long> drops = new LinkedHashMap<>();
    for (int reason : new int[] {headBytes, bodyBytes, blankBytes, skippedBytes, foreignBytes}) {
      drops.put(group.definitions().get(reason).name(), group.value(reason));
    }
    return new Balance("web bytes", received, group.value(frameBytes), drops);
  }
}
