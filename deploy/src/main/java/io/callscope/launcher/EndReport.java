package io.callscope.launcher;

import io.callscope.bus.SourceStatus;
import io.callscope.config.DurationText;
import io.callscope.counters.CounterLines;
import io.callscope.counters.CounterTable;
import io.callscope.counters.StatsBlock;
import io.callscope.web.health.Health;
import io.callscope.web.health.Hint;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What is printed at the end of a run: how fast it was, packet statistics and counters. */
final class EndReport {
  private static final double MIB = 1 << 20;
  private static final double SLOWER_FROM = 0.8;
  private static final double SLOWER_TO = 1.01;
  private static final CounterLines LINES =
      new CounterLines(
          CounterLines.FULL_NAMES
              | CounterLines.VALUES
              | CounterLines.RECURSIVE
              | CounterLines.NON_ZERO);

  private final StringBuilder text = new StringBuilder();
  private final List<SourceStatus> inputs;
  private final CounterTable counters;

  private EndReport(List<SourceStatus> inputs, CounterTable counters) {
    this.inputs = inputs;
    this.counters = counters;
  }

  /**
   * @param groups as {@link EndOptions#statsGroups}
   */
  static String text(List<SourceStatus> inputs, CounterTable counters, List<String> groups) {
    EndReport report = new EndReport(inputs, counters);
    report.speeds();
    report.text.append('\n').append(StatsBlock.text(StatsBlock.rows(counters))).append('\n');
    report.groups(groups);
    return report.text.toString();
  }

  /**
   * Whether all that came in is accounted for, and what may be unexpected.
   *
   * @param pages that they can be looked at after it
   */
  static String health(CounterTable counters, boolean pages) {
    Health health = Health.atEnd(counters);
    StringBuilder text = new StringBuilder("health: ").append(health.text()).append('\n');
    for (Hint hint : health.hints()) {
      text.append("hint: ").append(pages ? hint.withPage() : hint.text()).append('\n');
    }
    return text.toString();
  }

  private void speeds() {
    long packets = sum(SourceStatus::packets);
    double mebibytes = sum(SourceStatus::bytes) / MIB;
    long runMillis = runMillis(0);
    long captureMillis = sum(SourceStatus::captureMillis);
    line("run time", duration(runMillis));
    if (runMillis > 0) {
      double seconds = runMillis / 1e3;
      line("packets/s", number(packets / seconds));
      line("SIP messages/s", number(counters.value("pkt_stats.parse_ok") / seconds));
      line("MB/s", number(mebibytes / seconds));
      line("Gbits/s", number(mebibytes * 8 / 1024 / seconds));
    }
    if (captureMillis > 0) {
      capture(packets, mebibytes, runMillis(1), captureMillis);
    }
  }

  private void capture(long packets, double mebibytes, long runMillis, long captureMillis) {
    line("pcap time", duration(captureMillis));
    if (runMillis > 0) {
      double speed = (double) captureMillis / runMillis;
      line("pcap replay speed", number(speed));
      if (speed >= SLOWER_FROM && speed <= SLOWER_TO) {
        line("pcap replay slower", duration(captureMillis - runMillis));
      }
    }
    line("pcap packets/s", number(packets * 1e3 / captureMillis));
    line("pcap MB/s", number(mebibytes * 1e3 / captureMillis));
  }

  private void groups(List<String> groups) {
    if (groups.equals(List.of("all"))) {
      text.append(LINES.all(counters));
      return;
    }
    for (String group : groups) {
      boolean known = counters.hasGroup(group);
      text.append(known ? LINES.group(counters, group) : "no counters of group " + group + "\n\n");
    }
  }

  /**
   * How long it ran: inputs run side by side.
   *
   * @param captureMillis of the inputs that count, at least; that of interfaces is 0
   */
  private long runMillis(long captureMillis) {
    return inputs.stream()
        .filter(input -> input.captureMillis() >= captureMillis)
        .mapToLong(SourceStatus::runMillis)
        .max()
        .orElse(0);
  }

  private long sum(ToLongFunction<SourceStatus> figure) {
    return inputs.stream().mapToLong(figure).sum();
  }

  private void line(String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static String duration(long millis) {
    return DurationText.print(Duration.ofMillis(millis));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
