package io.callscope.bench.soak;

import java.util.Locale;

/** What came of it, as a table in Markdown. */
final class Verdict {
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder faults = new StringBuilder();

  synchronized void say(String what, String value) {
    rows.append("| ").append(what).append(" | ").append(value).append(" |\n");
  }

  void say(String what, long value) {
    say(what, String.format(Locale.ROOT, "%,d", value));
  }

  /** One number that must be another. */
  void check(String what, long value, long wanted) {
    say(what, value);
    if (value != wanted) {
      bad(what + ": " + value + ", not " + wanted);
    }
  }

  void limit(String what, double value, double most) {
    say(what, String.format(Locale.ROOT, "%.1f", value));
    if (value > most) {
      bad(String.format(Locale.ROOT, "%s: %.1f, more than %.1f", what, value, most));
    }
  }

  synchronized void bad(String what) {
    faults.append("BAD: ").append(what).append('\n');
  }

  boolean isGood() {
    return faults.isEmpty();
  }

  String table() {
    String end = isGood() ? "all is well\n" : faults.toString();
    return "| what | value |\n|---|---|\n" + rows + "\n" + end;
  }
}
