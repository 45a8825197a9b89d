package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace of a test's own, with a loopback that is up: nothing in it reaches anything
 * else.
 */
public final class Namespace {
  private static final long PATIENCE_SECONDS = 60;

  private final String name = "callscope-test-" + ProcessHandle.current().pid();
  private final List<Process> started = new ArrayList<>();

  private Namespace() {}

  /** Makes one, or skips the test where that is not possible. */
  public static Namespace create() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "no network namespaces here");
    needs("ip");
    Namespace namespace = new Namespace();
    assumeTrue(
        exitCode(List.of("ip", "netns", "add", namespace.name)) == 0,
        "no right to make a network namespace");
    namespace.ip("link", "set", "lo", "up");
    return namespace;
  }

  /** Skips the test where a tool is missing. */
  public static void needs(String tool) throws Exception {
    assumeTrue(
        exitCode(List.of("sh", "-c", "command -v " + tool)) == 0, tool + " is not installed");
  }

  /** What makes a program run in it. */
  public String[] prefix(String... more) {
    List<String> prefix = new ArrayList<>(List.of("ip", "netns", "exec", name));
    prefix.addAll(List.of(more));
    return prefix.toArray(String[]::new);
  }

  /** Runs {@code ip} on it. */
  void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    assertThat(exitCode(command)).as(command.toString()).isZero();
  }

  /** Starts a program in it, which is silent. */
  public Process start(Path folder, String... command) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(prefix(command)));
    Process process =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  private static int exitCode(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
    return process.exitValue();
  }

  /** Ends what runs in it and removes it. */
  public void delete() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    exitCode(List.of("ip", "netns", "del", name));
  }
}
