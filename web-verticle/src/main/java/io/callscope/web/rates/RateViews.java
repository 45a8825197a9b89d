package io.callscope.web.rates;

import io.callscope.config.DurationText;
import java.time.Duration;

/** Times of settings as people write them. */
final class RateViews {
  private RateViews() {}

  /** A number of ms as a duration; what is none stays as it is. */
  static String duration(String millis) {
    try {
      return DurationText.print(Duration.ofMillis((long) Double.parseDouble(millis)));
    } catch (NumberFormatException e) {
      return millis;
    }
  }

  static String duration(Object millis) {
    return millis == null ? "" : duration(millis.toString());
  }
}
