package io.callscope.tracker.partition;

import io.callscope.config.CallStateTimeout;
import io.callscope.tracker.call.CallSettings;
import java.util.EnumMap;
import java.util.Map;

/** Changes of {@code docs/bus.md} to a partition at run time, on its thread. */
public final class PartitionControls {
  private final Partition partition;

  public PartitionControls(Partition partition) {
    this.partition = partition;
  }

  /**
   * Makes a change.
   *
   * @return what came of it
   * @throws IllegalArgumentException if it is unknown or a value is out of range; nothing is
   *     changed then
   */
  public Map<String, Object> apply(Map<String, Object> change) {
    return switch (String.valueOf(change.get("change"))) {
      case "force_timeout" -> forceTimeout(change);
      case "call_timeouts" -> callTimeouts(change);
      case "registrations" -> registrations(change);
      default -> throw new IllegalArgumentException("no such change: " + change.get("change"));
    };
  }

  private Map<String, Object> forceTimeout(Map<String, Object> change) {
    long delayMillis = number(change, "millis", 100);
    Object walked = partition.query().callTable().get("entries");
    return Map.of("forced", partition.forceTimeouts(delayMillis), "walked", walked);
  }

  private Map<String, Object> callTimeouts(Map<String, Object> change) {
    if (!(change.get("seconds") instanceof Map<?, ?> named)) {
      throw new IllegalArgumentException("seconds must name call states");
    }
    Map<CallStateTimeout, Integer> seconds = new EnumMap<>(CallStateTimeout.class);
    named.forEach((name, value) -> seconds.put(state(name), seconds(name, value)));
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

  private Map<String, Object> registrations(Map<String, Object> change) {
    CallSettings settings = partition.settings();
    settings.registrations(
        (int) number(change, "regExpDelta", settings.expiryDeltaSeconds()),
        (int) number(change, "regDelDelay", settings.deleteDelaySeconds()),
        flag(change, "contactIgnorePort", settings.contactIgnorePort()));
    return Map.of("changed", 1);
  }

  private static boolean flag(Map<String, Object> change, String name, boolean otherwise) {
    Object value = change.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(name + " must be true or false, not " + value);
  }

  private static long number(Map<String, Object> change, String name, long otherwise) {
    Object value = change.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.longValue() >= 0
        && number.longValue() <= Integer.MAX_VALUE) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + " must be a number from 0 on, not " + value);
  }
}
