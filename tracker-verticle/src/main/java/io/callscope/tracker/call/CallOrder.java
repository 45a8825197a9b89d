package io.callscope.tracker.call;

import io.callscope.query.Order;
import io.callscope.sip.SipMethod;

/** What a list of calls can be sorted by. */
final class CallOrder {
  private CallOrder() {}

  /**
   * The order of a name; empty is the creation.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Order<CallEntry, ?> of(String sort) {
    return switch (sort) {
      case "" -> Order.number(entry -> entry.createdNanos);
      case "cid" -> text(CallText.CALL_ID);
      case "from" -> text(CallText.FROM);
      case "to" -> text(CallText.TO);
      case "method" -> Order.name(entry -> SipMethod.name(entry.method));
      case "state" -> Order.name(entry -> entry.state().displayName());
      case "status" -> Order.number(entry -> entry.side(0).ownStatus);
      case "client" -> Order.address(entry -> entry.clientHigh, entry -> entry.clientLow);
      case "server" -> Order.address(entry -> entry.serverHigh, entry -> entry.serverLow);
      case "expires" -> Order.number(entry -> entry.deadlineNanos);
      case "messages" -> Order.number(CallOrder::messages);
      default -> throw new IllegalArgumentException("no such order: " + sort);
    };
  }

  private static Order<CallEntry, ?> text(int field) {
    return Order.text(
        new Order.Span<CallEntry>() {
          @Override
          public byte[] bytes(CallEntry entry) {
            return entry.texts;
          }

          @Override
          public int start(CallEntry entry) {
            return CallText.start(entry.texts, field);
          }

          @Override
          public int end(CallEntry entry) {
            return CallText.end(entry.texts, field);
          }
        });
  }

  private static long messages(CallEntry entry) {
    CallSide a = entry.side(0);
    CallSide b = entry.side(1);
    return (long) a.requests + b.requests + a.replies + b.replies;
  }
}
