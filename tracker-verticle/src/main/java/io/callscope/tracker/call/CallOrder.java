package io.callscope.tracker.call;

import io.callscope.net.IpAddress;
import io.callscope.sip.SipMethod;
import java.util.function.Function;

/** What a list of calls can be sorted by. */
final class CallOrder {
  private CallOrder() {}

  /**
   * The key of a name; empty is the creation.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Function<CallEntry, ?> key(String sort) {
    return switch (sort) {
      case "" -> entry -> entry.createdNanos;
      case "cid" -> text(CallText.CALL_ID);
      case "from" -> text(CallText.FROM);
      case "to" -> text(CallText.TO);
      case "method" -> entry -> SipMethod.name(entry.method);
      case "state" -> entry -> entry.state().displayName();
      case "status" -> entry -> (long) entry.side(0).ownStatus;
      case "client" -> entry -> IpAddress.sortable(entry.clientHigh, entry.clientLow);
      case "server" -> entry -> IpAddress.sortable(entry.serverHigh, entry.serverLow);
      case "expires" -> entry -> entry.deadlineNanos;
      case "messages" -> CallOrder::messages;
      default -> throw new IllegalArgumentException("no such order: " + sort);
    };
  }

  private static Function<CallEntry, String> text(int field) {
    return entry -> CallView.text(entry, field);
  }

  private static long messages(CallEntry entry) {
    CallSide a = entry.side(0);
    CallSide b = entry.side(1);
    return (long) a.requests + b.requests + a.replies + b.replies;
  }
}
