package io.callscope.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A coverage-guided run of a target in a Java process of its own, by Jazzer, which the profile
 * {@code fuzz} puts into the class path. It goes on where the last one ended, since what it found
 * worth keeping stays in {@code target/fuzz}.
 */
public final class Campaign {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

  /** Elsewhere its detectors of misuse break the queues of Netty. */
  private static final String INSTRUMENTED = "io.callscope.**";

  /**
   * They take for attacks what is meant to be: requests that the target of pages makes itself,
   * expressions that users look for.
   */
  private static final List<String> WRONG_DETECTORS =
      List.of(
          "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
          "com.code_intelligence.jazzer.sanitizers.RegexInjection");

  private static final int MAX_INPUT_BYTES = 8192;

  /** To load and instrument all classes, and to end, on a machine that is busy otherwise. */
  private static final long START_SECONDS = 600;

  /** The first input has all classes loaded and instrumented. */
  private static final long TIMEOUT_SECONDS = 4 * FuzzTarget.MAX_SECONDS;

  private final FuzzTarget target;
  private final Path folder;

  private Campaign(FuzzTarget target) throws IOException {
    this.target = target;
    folder = Corpus.folder(target.name());
  }

  /** Whether the run is asked for this target: {@code -Dfuzz.target} names one, or all. */
  public static boolean isAskedFor(FuzzTarget target) {
    String asked = System.getProperty("fuzz.target", "all");
    return asked.equals("all") || asked.equalsIgnoreCase(target.name());
  }

  /**
   * Runs it for {@code -Dfuzz.seconds}; with {@code -Dfuzz.keep} keeps instead what earlier runs
   * found and the seeds do not reach.
   *
   * @throws AssertionError if an input broke an invariant, took too long or too much memory; it
   *     says where that input is
   */
  public static void run(FuzzTarget target) throws IOException, InterruptedException {
    Campaign campaign = new Campaign(target);
    if (Boolean.getBoolean("fuzz.keep")) {
      campaign.keep();
    } else {
      campaign.run(Long.getLong("fuzz.seconds", 60));
    }
  }

  private void run(long seconds) throws IOException, InterruptedException {
    String time = "-max_total_time=" + seconds;
    jazzer("log", seconds, time, found().toString(), Corpus.seedFiles(target, "seeds").toString());
  }

  private void keep() throws IOException, InterruptedException {
    String kept = Corpus.seedFiles(target, "kept").toString();
    jazzer("keep-log", START_SECONDS, "-merge=1", kept, found().toString());
    KeptInputs.add(target.name(), Path.of(kept));
  }

  private Path found() throws IOException {
    return Files.createDirectories(folder.resolve("corpus"));
  }

  private void jazzer(String logName, long seconds, String... options)
      throws IOException, InterruptedException {
    Path log = folder.resolve(logName);
    Process process =
        new ProcessBuilder(command(options))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(seconds + START_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(target + " does not end; see " + log.toAbsolutePath());
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(target + " broke; see " + log.toAbsolutePath());
    }
  }

  private List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-Dlogback.configurationFile=io/callscope/fuzz/quiet.xml");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(JAZZER);
    command.add("--target_class=" + target.type().getName());
    command.add("--instrumentation_includes=" + INSTRUMENTED);
    command.add("--custom_hook_includes=" + INSTRUMENTED);
    command.add("--disabled_hooks=" + String.join(File.pathSeparator, WRONG_DETECTORS));
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-timeout=" + TIMEOUT_SECONDS);
    command.add("-max_len=" + MAX_INPUT_BYTES);
    command.add("-rss_limit_mb=3000");
    command.add("-print_final_stats=1");
    command.addAll(List.of(options));
    return command;
  }
}
