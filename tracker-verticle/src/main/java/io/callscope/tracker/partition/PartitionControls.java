package io.callscope.tracker.partition;

import io.callscope.config.CallStateTimeout;
import io.callscope.query.Fields;
import io.callscope.query.Reply;
import io.callscope.query.Turns;
import io.callscope.tracker.call.CallSettings;
import java.util.EnumMap;
import java.util.Map;

/** Changes of {@code docs/bus.md} to a partition at run time, on its thread. */
public final class PartitionControls {
  private final Partition partition;
  private final Turns turns;

  public PartitionControls(Partition partition, Turns turns) {
    this.partition = partition;
    this.turns = turns;
  }

  /**
   * Makes a change, now or in some turns, and answers what came of it; refuses it where it is
   * unknown or a value is out of range, and changes nothing then.
   */
  public void apply(Map<String, Object> asked, Reply reply) {
    try {
      Fields change = new Fields(asked);
      if (change.text("change").equals("force_timeout")) {
        long delayMillis = change.number("millis", 100, Integer.MAX_VALUE);
        turns.run(partition.forceTimeouts(delayMillis), reply);
      } else {
        reply.answer(apply(change));
      }
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    }
  }

  private Map<String, Object> apply(Fields change) {
    return switch (change.text("change")) {
      case "call_timeouts" -> callTimeouts(change);
      case "registrations" -> registrations(change);
      case "checks" -> checks(change);
      default -> throw new IllegalArgumentException("no such change: " + change.text("change"));
    };
  }

  private Map<String, Object> callTimeouts(Fields change) {
    Map<CallStateTimeout, Integer> seconds = new EnumMap<>(CallStateTimeout.class);
    change.map("seconds").forEach((name, value) -> seconds.put(state(name), seconds(name, value)));
    partition.settings().timeouts(seconds);
    return Map.of("changed", seconds.size());
  }

  private static int seconds(Object name, Object value) {
    if (value instanceof Number number && number.longValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(name + " must be a number of seconds, not " + value);
  }

  private static CallStateTimeout state(Object name) {
    CallStateTimeout state = CallStateTimeout.named(String.valueOf(name));
    if (state == null) {
      throw new IllegalArgumentException("no such call state: " + name);
    }
    return state;
  }

  private Map<String, Object> checks(Fields change) {
    boolean on = change.flag("on", true);
    partition.settings().leakChecks(on);
    return Map.of("on", on);
  }

  private Map<String, Object> registrations(Fields change) {
    CallSettings settings = partition.settings();
    settings.registrations(
        (int) change.number("regExpDelta", settings.expiryDeltaSeconds(), Integer.MAX_VALUE),
        (int) change.number("regDelDelay", settings.deleteDelaySeconds(), Integer.MAX_VALUE),
        change.flag("contactIgnorePort", settings.contactIgnorePort()));
    return Map.of("changed", 1);
  }
}
