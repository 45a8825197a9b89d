package io.callscope.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a run went, from its flight recording: for each busy thread the methods it was
 * in, alone and with what they called, and what the collector and the compiler took. {@code
 * bench/profile} makes the recording.
 */
public final class Profile {
  private static final int THREADS = 5;
  private static final int METHODS = 25;

  private final Map<String, Samples> threads = new HashMap<>();
  private double pausesMillis;
  private double longestPauseMillis;
  private double compilingMillis;

  private static final class Samples {
    final Map<String, Integer> alone = new HashMap<>();
    final Map<String, Integer> with = new HashMap<>();
    int count;
  }

  private Profile() {}

  public static void main(String[] files) throws IOException {
    if (files.length != 1) {
      System.err.println("usage: Profile RECORDING");
      System.exit(2);
    }
    Profile profile = new Profile();
    try (RecordingFile recording = new RecordingFile(Path.of(files[0]))) {
      while (recording.hasMoreEvents()) {
        profile.take(recording.readEvent());
      }
    }
    profile.print();
  }

  private void take(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> sample(event);
      case "jdk.GCPhasePause" -> {
        double millis = event.getDuration().toNanos() / 1e6;
        pausesMillis += millis;
        longestPauseMillis = Math.max(longestPauseMillis, millis);
      }
      case "jdk.Compilation" -> compilingMillis += event.getDuration().toNanos() / 1e6;
      default -> {}
    }
  }

  private void sample(RecordedEvent event) {
    RecordedThread thread = event.getThread("sampledThread");
    if (thread == null || event.getStackTrace() == null) {
      return;
    }
    Samples samples = threads.computeIfAbsent(thread.getJavaName(), name -> new Samples());
    samples.count++;
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    Set<String> seen = new HashSet<>();
    for (RecordedFrame frame : frames) {
      String method = name(frame.getMethod());
      if (seen.isEmpty()) {
        samples.alone.merge(method, 1, Integer::sum);
      }
      if (seen.add(method)) {
        samples.with.merge(method, 1, Integer::sum);
      }
    }
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  private void print() {
    say("collector: %.0f ms of pauses, the longest %.1f ms", pausesMillis, longestPauseMillis);
    say("compiler: %.0f ms in compilations of 100 ms or longer", compilingMillis);
    threads.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().count))
        .limit(THREADS)
        .forEach(entry -> print(entry.getKey(), entry.getValue()));
  }

  private static void print(String thread, Samples samples) {
    say("%n%s: %d samples", thread, samples.count);
    say("  alone");
    print(samples.alone, samples.count);
    say("  with what they called");
    print(samples.with, samples.count);
  }

  private static void print(Map<String, Integer> methods, int count) {
    methods.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(METHODS)
        .forEach(entry -> say("  %5.1f %%  %s", 100.0 * entry.getValue() / count, entry.getKey()));
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
