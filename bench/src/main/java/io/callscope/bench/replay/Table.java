package io.callscope.bench.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A Markdown table of runs: medians, with the span of the rate from the first packet to the last
 * acknowledgement, and the rate over all a run took, its start included.
 */
final class Table {
  private static final String BEGIN = "<!-- replay table -->";
  private static final String END = "<!-- end of replay table -->";

  private Table() {}

  static String of(Map<String, List<Run>> runs) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| run | messages | messages/s | span | in all | wall s | CPU s | CPU µs a message | peak MiB | runs |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|");
    runs.forEach((name, all) -> lines.add(row(name, all)));
    return String.join("\n", lines) + "\n";
  }

  private static String row(String name, List<Run> runs) {
    double[] rates = sorted(runs, Run::messagesPerSecond);
    boolean told = rates[0] > 0;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %.2f | %.2f | %s | %.0f | %d |",
        name,
        told ? Long.toString(runs.get(0).messages()) : "",
        told ? thousands(median(rates)) : "",
        told ? thousands(rates[0]) + "–" + thousands(rates[rates.length - 1]) : "",
        told ? thousands(median(sorted(runs, Run::messagesPerWallSecond))) : "",
        median(sorted(runs, Run::wallSeconds)),
        median(sorted(runs, Run::cpuSeconds)),
        told ? decimals(median(sorted(runs, Run::cpuMicrosPerMessage))) : "",
        median(sorted(runs, Run::peakMebibytes)),
        runs.size());
  }

  private static double[] sorted(List<Run> runs, ToDoubleFunction<Run> figure) {
    return runs.stream().mapToDouble(figure).sorted().toArray();
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String thousands(double rate) {
    return Math.round(rate / 1000) + " k";
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Puts the table between its two marks in a page. */
  static void write(String table, Path page) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no place for the table, from " + BEGIN + " to " + END);
    }
    String head = text.substring(0, begin + BEGIN.length());
    Files.writeString(page, head + "\n" + table + text.substring(end));
  }
}
