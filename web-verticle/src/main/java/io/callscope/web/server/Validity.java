package io.callscope.web.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate may be used.
 *
 * @param certificate its file
 */
record Validity(Path certificate, Instant from, Instant until) {
  private static final Duration SOON = Duration.ofDays(14);

  /** What is to be said of it now, empty if nothing. */
  String warning(Instant now) {
    if (now.isBefore(from)) {
      return certificate + " is not valid before " + from;
    }
    if (now.isAfter(until)) {
      return certificate + " expired at " + until;
    }
    return now.plus(SOON).isAfter(until) ? certificate + " expires at " + until : "";
  }
}
