package io.callscope.web.ladder;

import java.util.HashMap;
import java.util.Map;

/** Finds messages that were on the same way before. */
final class Repetitions {
  /** The shortest timer that sends again, T1, is 500 ms (RFC 3261 §17.1.1.1); some set it lower. */
  private static final long TWIN_NANOS = 20_000_000;

  private final Map<String, Seen> seen = new HashMap<>();

  private static final class Seen {
    int count;
    long lastNanos;
  }

  /** How often it was seen before, and whether the last time was but a moment ago. */
  record Repetition(int count, boolean twin) {}

  Repetition of(LadderMessage message, SipView view) {
    Seen before = seen.computeIfAbsent(key(message, view), key -> new Seen());
    boolean twin = before.count > 0 && message.timeNanos() - before.lastNanos < TWIN_NANOS;
    before.lastNanos = message.timeNanos();
    return new Repetition(before.count++, twin);
  }

  private static String key(LadderMessage message, SipView view) {
    return String.join(
        "\n",
        message.source().text(),
        message.destination().text(),
        view.callId(),
        view.isReply() ? Integer.toString(view.status()) : "",
        view.method(),
        Long.toString(view.cseq()),
        view.branch(),
        view.fromTag(),
        view.toTag(),
        view.rseq(),
        view.body());
  }
}
