package io.callscope.capture;

import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.query.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Changes of {@code docs/bus.md} to what captures at run time. One thread. */
final class CaptureControls {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A century: added to a time of day it still fits in nanoseconds. */
  private static final long MAX_MILLIS = 36_525L * 86_400_000;

  private final Consumer<TcpTimeouts> taker;
  private TcpTimeouts now;

  /**
   * @param now what holds at the start
   * @param taker takes what holds from then on
   */
  CaptureControls(TcpTimeouts now, Consumer<TcpTimeouts> taker) {
    this.now = now;
    this.taker = taker;
  }

  TcpTimeouts timeouts() {
    return now;
  }

  /**
   * Makes a change; fields that are not given stay as they are.
   *
   * @return what holds now
   * @throws IllegalArgumentException if it is unknown or a value is out of range; nothing is
   *     changed then
   */
  Map<String, Object> apply(Map<String, Object> asked) {
    Fields change = new Fields(asked);
    if (!"tcp_timeouts".equals(change.text("change"))) {
      throw new IllegalArgumentException("no such change: " + change.text("change"));
    }
    now =
        new TcpTimeouts(
            nanos(change, "gcMillis", now.gcNanos()),
            nanos(change, "reorderMillis", now.reorderNanos()),
            nanos(change, "connectionMillis", now.connectionNanos()));
    taker.accept(now);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("gcMillis", Math.max(0, now.gcNanos()) / NANOS_PER_MILLI);
    view.put("reorderMillis", now.reorderNanos() / NANOS_PER_MILLI);
    view.put("connectionMillis", now.connectionNanos() / NANOS_PER_MILLI);
    return view;
  }

  private static long nanos(Fields change, String name, long otherwise) {
    return change.has(name) ? change.number(name, 0, MAX_MILLIS) * NANOS_PER_MILLI : otherwise;
  }
}
