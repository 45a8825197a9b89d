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
  private static final String INSIDE = "eth0";
  private static final String PREFIX = "/30";

  /** A hardware address that no interface has. */
  private static final String NOBODY = "02:00:00:00:00:99";

  private final String name = "callscope-test-" + ProcessHandle.current().pid();
  private final String cable = "cs" + ProcessHandle.current().pid();
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

  /**
   * Lays a cable from here to it, with an address at each end.
   *
   * @param here the address at this end; that at the other is one above
   */
  public String connect(String here) throws Exception {
    int last = here.lastIndexOf('.') + 1;
    String there = here.substring(0, last) + (Integer.parseInt(here.substring(last)) + 1);
    outside("link", "add", cable, "type", "veth", "peer", "name", INSIDE, "netns", name);
    outside("addr", "add", here + PREFIX, "dev", cable);
    outside("link", "set", cable, "up");
    ip("addr", "add", there + PREFIX, "dev", INSIDE);
    ip("link", "set", INSIDE, "up");
    return there;
  }

  /** From now on nothing arrives that is sent over the cable, and nobody is told of that. */
  public void cut(String here, String there) throws Exception {
    outside("neigh", "replace", there, "lladdr", NOBODY, "dev", cable, "nud", "permanent");
    ip("neigh", "replace", here, "lladdr", NOBODY, "dev", INSIDE, "nud", "permanent");
  }

  /** What is sent over the cable arrives again. */
  public void mend(String here, String there) throws Exception {
    outside("neigh", "del", there, "dev", cable);
    ip("neigh", "del", here, "dev", INSIDE);
  }

  private static void outside(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    assertThat(exitCode(command)).as(command.toString()).isZero();
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
