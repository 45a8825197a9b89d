package io.callscope.bench.replay;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a command and measures the process as Linux accounts for it. What it used in its last 10 ms
 * is not seen.
 */
final class Command {
  private static final long LOOK_MILLIS = 10;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final double TICKS_PER_SECOND = 100;
  private static final double KIB_PER_MIB = 1024;
  private static final int UTIME = 11;
  private static final int CSTIME = 14;
  private static final Pattern RATE = Pattern.compile("SIP messages/s: ([0-9.]+)");
  private static final Pattern MESSAGES = Pattern.compile("parse_ok: +([0-9]+)");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private Command() {}

  /**
   * @throws IOException if it cannot be started, fails, or takes over ten minutes
   */
  static Run run(List<String> words, File output) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output).start();
    Path account = Path.of("/proc", Long.toString(process.pid()));
    double cpu = 0;
    double peak = 0;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      cpu = Math.max(cpu, cpuSeconds(account));
      peak = Math.max(peak, peakMebibytes(account));
      if (System.nanoTime() - start > LIMIT_NANOS) {
        process.destroyForcibly();
        throw new IOException("over ten minutes: " + String.join(" ", words));
      }
    }
    double wall = (System.nanoTime() - start) / 1e9;
    String text = Files.readString(output.toPath(), StandardCharsets.ISO_8859_1);
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", words) + " failed:\n" + text);
    }
    long messages = (long) number(MESSAGES, text);
    return new Run(wall, cpu, peak, messages, number(RATE, text));
  }

  private static double number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  private static double cpuSeconds(Path account) throws IOException {
    String text = read(account.resolve("stat"));
    // The name before the last parenthesis may hold anything.
    String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
    double ticks = 0;
    for (int i = UTIME; i <= CSTIME && i < fields.length; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double peakMebibytes(Path account) throws IOException {
    Matcher peak = PEAK.matcher(read(account.resolve("status")));
    return peak.find() ? Long.parseLong(peak.group(1)) / KIB_PER_MIB : 0;
  }

  /** Empty if the process has just ended. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      if (!Files.exists(file)) {
        return "";
      }
      throw e;
    }
  }
}
