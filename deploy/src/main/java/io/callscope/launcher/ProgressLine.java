package io.callscope.launcher;

import io.callscope.bus.SourceStatus;
import io.callscope.config.DurationText;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How far the files are, in the last line of a terminal, written anew each second. Whatever else is
 * printed goes through {@link #guard} and takes the line's place first, so that the two never mix.
 * Where it is no terminal it is a line of its own now and then. For any thread.
 */
final class ProgressLine {
  private static final long PLAIN_MILLIS = 10_000;
  private static final int LONGEST_NAME = 32;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private boolean on;
  private boolean shown;
  private long plainMillis;

  /**
   * @param terminal whether {@code out} is one
   */
  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether standard output is a terminal; false where that cannot be told. */
  static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  boolean onTerminal() {
    return terminal;
  }

  /** From now on it shows what it is told. */
  synchronized void enable() {
    on = true;
  }

  /** A stream that clears the line before anything else is written. */
  PrintStream guard(PrintStream stream) {
    return new PrintStream(new Guard(stream), true, StandardCharsets.UTF_8);
  }

  synchronized void show(SourceStatus status) {
    if (!on || status.totalBytes() == 0 || status.packets() == 0) {
      return;
    }
    if (status.isOver()) {
      clear();
    } else if (terminal) {
      out.print(ERASE + text(status));
      out.flush();
      shown = true;
    } else if (status.runMillis() - plainMillis >= PLAIN_MILLIS) {
      plainMillis = status.runMillis();
      out.println(text(status));
    }
  }

  synchronized void clear() {
    if (shown) {
      shown = false;
      out.print(ERASE);
      out.flush();
    }
  }

  static String text(SourceStatus status) {
    SourceStatus.Pace pace = status.pace();
    StringBuilder text = new StringBuilder(name(pace.reading()));
    double percent = 100.0 * status.readBytes() / status.totalBytes();
    text.append(String.format(Locale.ROOT, "  %.0f %%", Math.min(100, percent)));
    text.append(String.format(Locale.ROOT, "  %,d packets/s", pace.packetsPerSecond()));
    if (pace.leftMillis() >= 0) {
      Duration left = Duration.ofSeconds((pace.leftMillis() + 999) / 1000);
      text.append("  ").append(DurationText.print(left)).append(" left");
    }
    return text.toString();
  }

  /** A file may have any name, also one that a terminal would obey. */
  private static String name(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "?");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private final class Guard extends FilterOutputStream {
    Guard(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      synchronized (ProgressLine.this) {
        clear();
        out.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      synchronized (ProgressLine.this) {
        clear();
        out.write(bytes, from, length);
      }
    }
  }
}
