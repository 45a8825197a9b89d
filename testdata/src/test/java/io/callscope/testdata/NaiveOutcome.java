package io.callscope.testdata;

import io.callscope.bus.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be seen of a dialog, told from its messages alone: the last word on each request, with
 * nothing of a tracker's states.
 */
final class NaiveOutcome {
  private final List<ExpectedEvent> events = new ArrayList<>();
  private final List<NaiveSip> messages;

  private NaiveOutcome(List<NaiveSip> messages) {
    this.messages = messages;
  }

  static List<ExpectedEvent> of(List<NaiveSip> messages) {
    NaiveOutcome outcome = new NaiveOutcome(messages);
    String method = messages.get(0).method();
    switch (method) {
      case "INVITE" -> outcome.call();
      case "REGISTER" -> outcome.registration();
      default -> outcome.request(method);
    }
    return outcome.events;
  }

  private void add(EventType type, int status) {
    events.add(new ExpectedEvent(type, status));
  }

  private boolean has(String what, String method) {
    return messages.stream().anyMatch(m -> m.what().equals(what) && m.method().equals(method));
  }

  private int lastFinal(String method) {
    return messages.stream()
        .filter(m -> m.status() >= 200 && m.method().equals(method))
        .mapToInt(NaiveSip::status)
        .reduce(0, (before, last) -> last);
  }

  private void call() {
    if (has("200", "INVITE")) {
      add(EventType.CALL_START, 200);
      add(EventType.CALL_END, has("BYE", "BYE") ? 200 : 408);
    } else {
      int last = lastFinal("INVITE");
      // a challenge that was answered by a retry is no outcome
      add(EventType.CALL_ATTEMPT, last == 0 || last == 407 ? 408 : last);
    }
  }

  private void registration() {
    long challenges = messages.stream().filter(m -> m.status() == 401).count();
    if (has("200", "REGISTER")) {
      NaiveSip lastRequest =
          messages.stream().filter(m -> !m.isReply()).reduce((a, b) -> b).orElseThrow();
      boolean deleted = lastRequest.header("Expires").equals("0");
      add(EventType.REG_NEW, 200);
      add(deleted ? EventType.REG_DEL : EventType.REG_EXPIRED, 200);
    } else if (challenges > 1) {
      add(EventType.AUTH_FAILED, 401);
    } else {
      add(EventType.OTHER_FAILED, lastFinal("REGISTER"));
    }
  }

  private void request(String method) {
    int last = lastFinal(method);
    if (last == 0) {
      add(EventType.OTHER_TIMEOUT, 408);
    } else {
      add(last < 300 ? EventType.OTHER_OK : EventType.OTHER_FAILED, last);
    }
  }
}
