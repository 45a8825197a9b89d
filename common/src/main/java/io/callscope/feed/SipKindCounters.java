package io.callscope.feed;

import io.callscope.counters.CounterGroup;
import io.callscope.sip.SipError;
import io.callscope.sip.SipMethod;

/**
 * What messages were, in the {@code pkt_stats} of every source: requests by method, replies by
 * class, those that do not parse by reason. Written by the source's thread.
 */
public final class SipKindCounters {
  private static final int REPLY_CLASSES = 10;

  private final int parseError;
  private final int method;
  private final int replyClass;

  /** Adds the counters to a group. */
  public SipKindCounters(CounterGroup.Builder builder) {
    parseError = builder.addReasons("parse_error_", "parse errors", SipError.COUNT);
    method = builder.add("sip_" + SipMethod.name(0), "requests without a method");
    for (int i = 1; i < SipMethod.COUNT; i++) {
      builder.add("sip_" + SipMethod.name(i), SipMethod.name(i) + " requests");
    }
    replyClass = builder.addReplyClasses("sip_");
  }

  /** A message did not parse for a reason of {@link SipError}. */
  public void parseError(CounterGroup group, int reason) {
    group.increment(parseError + Math.min(reason, SipError.COUNT - 1));
  }

  public void request(CounterGroup group, int methodNumber) {
    group.increment(method + methodNumber);
  }

  public void reply(CounterGroup group, int status) {
    group.increment(replyClass + Math.min(status / 100, REPLY_CLASSES - 1));
  }
}
