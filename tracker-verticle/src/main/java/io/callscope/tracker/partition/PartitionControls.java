package io.callscope.tracker.partition;

import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallState;
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
      case "force_timeout" ->
          Map.of("forced", partition.forceTimeouts(number(change, "millis", 100)));
      case "call_timeouts" -> callTimeouts(change);
      case "registrations" -> registrations(change);
      default -> throw new IllegalArgumentException("no such change: " + change.get("change"));
    };
  }

  private Map<String, Object> callTimeouts(Map<String, Object> change) {
    Map<CallState, Integer> seconds = new EnumMap<>(CallState.class);
    if (change.get("seconds") instanceof Map<?, ?> named) {
      named.forEach((name, value) -> seconds.put(state(name), ((Number) value).intValue()));
    }
    partition.settings().timeouts(seconds);
    return Map.of("changed", seconds.size());
  }

  private static CallState state(Object name) {
    CallState state = CallState.named(String.valueOf(name));
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
        change.get("contactIgnorePort") instanceof Boolean ignore
            ? ignore
            : settings.ignoresContactPort());
    return Map.of("changed", 1);
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
