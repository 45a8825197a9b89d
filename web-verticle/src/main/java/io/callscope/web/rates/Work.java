package io.callscope.web.rates;

import io.callscope.config.DurationText;
import io.callscope.web.http.Params;
import java.time.Duration;

/**
 * How long a collection may run. Ours are bounded by the entries they walk, so that the same events
 * always meet the same table; a time stands for what is walked in it.
 */
final class Work {
  static final String HINT = "bounds the work: 2,000 entries a millisecond";
  private static final long WALKED_PER_MILLI = 2000;
  private static final long MOST_WALKED = 1_000_000;

  private Work() {}

  /** The entries of a time, null if there is none or it is wrong. */
  static Long walked(Params params, String name) {
    Duration time = params.time(name);
    return time == null
        ? null
        : Math.min(time.toNanos() / 1000 * WALKED_PER_MILLI / 1000, MOST_WALKED);
  }

  static String time(Object walked) {
    return walked instanceof Number number
        ? DurationText.print(Duration.ofNanos(number.longValue() * 1_000_000 / WALKED_PER_MILLI))
        : "";
  }
}
