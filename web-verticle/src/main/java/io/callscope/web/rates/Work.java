package io.callscope.web.rates;

import io.callscope.config.DurationText;
import io.callscope.config.WalkedEntries;
import io.callscope.web.http.Params;
import java.time.Duration;

/**
 * How long a collection may run. Ours are bounded by the entries they walk, so that the same events
 * always meet the same table; a time stands for what is walked in it.
 */
final class Work {
  static final String HINT = "bounds the work: " + WalkedEntries.HINT;

  private Work() {}

  /** The entries of a time, null if there is none or it is wrong. */
  static Long walked(Params params, String name) {
    Duration time = params.time(name);
    return time == null ? null : (Long) (long) WalkedEntries.in(time);
  }

  static String time(Object walked) {
    return walked instanceof Number number
        ? DurationText.print(WalkedEntries.time(number.longValue()))
        : "";
  }
}
