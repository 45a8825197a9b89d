package io.callscope.counters;

import java.util.Map;

/**
 * The account of one stage: everything that came in was handled or dropped for a reason.
 *
 * @param stage what is counted
 * @param in how many came in
 * @param handled how many went on to the next stage
 * @param dropped how many did not, by the counter that says why
 */
public record Balance(String stage, long in, long handled, Map<String, Long> dropped) {
  public Balance {
    dropped = Map.copyOf(dropped);
  }

  /** How many came in and are not accounted for; 0 unless there is an error in the program. */
  public long missing() {
    return in - handled - dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
