package io.callscope.testdata;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a generated capture holds, and what must be seen of it when it is tracked to the end. */
public final class Truth {
  private static final int STATUSES = 700;

  private final Options options;
  private final long[] kinds = new long[Kind.values().length];
  private final long[] requests = new long[SipMethod.COUNT];
  private final long[] replies = new long[STATUSES];
  private final long[] events = new long[EventType.values().length];
  private final Map<Dialog.Open, List<Long>> openUntil = new EnumMap<>(Dialog.Open.class);
  final long[] network = new long[NetworkCount.values().length];
  private long messages;
  private long messageBytes;
  private long firstNanos;
  private long lastNanos;

  Truth(Options options) {
    this.options = options;
  }

  void message(long nanos, Step step, int length) {
    if (step.isRequest()) {
      requests[step.transaction().method]++;
    } else {
      replies[step.status()]++;
    }
    firstNanos = messages == 0 ? nanos : firstNanos;
    lastNanos = Math.max(lastNanos, nanos);
    messages++;
    messageBytes += length;
  }

  void dialog(Dialog dialog) {
    kinds[dialog.kind.ordinal()]++;
    for (ExpectedEvent event : dialog.events) {
      events[event.type().ordinal()]++;
    }
  }

  void leftOpen(Dialog.Open what, long untilNanos) {
    openUntil.computeIfAbsent(what, key -> new ArrayList<>()).add(untilNanos);
  }

  public long dialogs() {
    return Arrays.stream(kinds).sum();
  }

  public long dialogs(Kind kind) {
    return kinds[kind.ordinal()];
  }

  /** SIP messages, those seen twice counted twice. */
  public long messages() {
    return messages;
  }

  public long messageBytes() {
    return messageBytes;
  }

  /** Requests of a {@link SipMethod}. */
  public long requests(int method) {
    return requests[method];
  }

  public long replies(int status) {
    return replies[status];
  }

  /** Events of a type, from the first message to the end of the last timer, without rate limits. */
  public long events(EventType type) {
    return events[type.ordinal()];
  }

  public long network(NetworkCount what) {
    return network[what.ordinal()];
  }

  /** Calls answered, not ended and not timed out when the capture ends. */
  public long openCalls() {
    return open(Dialog.Open.ESTABLISHED);
  }

  /** Calls left ringing that have not timed out when the capture ends. */
  public long openRinging() {
    return open(Dialog.Open.RINGING);
  }

  /** Registrations that hold when the capture ends. */
  public long openBindings() {
    return open(Dialog.Open.BINDING);
  }

  private long open(Dialog.Open what) {
    return openUntil.getOrDefault(what, List.of()).stream().filter(t -> t > lastNanos).count();
  }

  /** Time of the first message. */
  public long firstNanos() {
    return firstNanos;
  }

  /** Time of the last message. */
  public long lastNanos() {
    return lastNanos;
  }

  /** All of it as a JSON object; counts that are 0 are left out. */
  public String json() {
    return new TruthJson()
        .text("options", String.join(" ", options.given()))
        .number("dialogs", dialogs())
        .counts("kinds", kindCounts())
        .number("messages", messages)
        .number("messageBytes", messageBytes)
        .counts("messagesBy", messageCounts())
        .counts("events", eventCounts())
        .counts("open", openCounts())
        .counts("network", networkCounts())
        .number("firstNanos", firstNanos)
        .number("lastNanos", lastNanos)
        .end();
  }

  private Map<String, Long> kindCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      counts.put(kind.text(), dialogs(kind));
    }
    return counts;
  }

  private Map<String, Long> messageCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int method = 0; method < requests.length; method++) {
      counts.put(SipMethod.name(method), requests[method]);
    }
    for (int status = 0; status < replies.length; status++) {
      counts.put(Integer.toString(status), replies[status]);
    }
    return counts;
  }

  private Map<String, Long> eventCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (EventType type : EventType.values()) {
      counts.put(type.text(), events(type));
    }
    return counts;
  }

  private Map<String, Long> openCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("calls", openCalls());
    counts.put("ringing", openRinging());
    counts.put("bindings", openBindings());
    return counts;
  }

  private Map<String, Long> networkCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (NetworkCount what : NetworkCount.values()) {
      counts.put(what.text(), network(what));
    }
    return counts;
  }
}
