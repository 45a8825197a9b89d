package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/callscope} starts Java with, by a Java that only tells it. */
class StartScriptTest {
  private static final String JAVA =
      """
      #!/bin/sh
      case $1 in
        -XshowSettings*) echo '    java.runtime.version = 17.0.9+9' >&2 ;;
        *) for a in "$@"; do echo "$a"; done ;;
      esac
      """;

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    script = Files.createDirectories(folder.resolve("bin")).resolve("callscope");
    Files.copy(Path.of("..", "bin", "callscope"), script);
    Files.createDirectories(folder.resolve("deploy/target"));
    Files.createFile(folder.resolve("deploy/target/callscope.jar"));
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path out, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private List<String> options(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out, environment, arguments);
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out);
  }

  @Test
  void aFullHeapIsWrittenToAFileAndEndsTheProgram() throws Exception {
    assertThat(options(Map.of()))
        .contains(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+HeapDumpOnOutOfMemoryError",
            "-XX:HeapDumpPath=callscope-heap.hprof");
  }

  @Test
  void theFileCanBeAnotherOrNone() throws Exception {
    assertThat(options(Map.of("CALLSCOPE_JAVA_HEAP_DUMP", "/var/tmp/x y.hprof")))
        .contains("-XX:HeapDumpPath=/var/tmp/x y.hprof");
    assertThat(options(Map.of("CALLSCOPE_JAVA_HEAP_DUMP", "off")))
        .contains("-XX:+ExitOnOutOfMemoryError")
        .noneMatch(option -> option.contains("HeapDump"));
  }

  @Test
  void optionsOfTheUserComeAfterOurs() throws Exception {
    List<String> options =
        options(Map.of("CALLSCOPE_JAVA_OPTS", "-Xmx8g -XX:+UseZGC"), "-pcap", "a b.pcap");
    assertThat(options)
        .containsSubsequence("-XX:MaxRAMPercentage=60", "-Xmx8g", "-XX:+UseZGC", "-jar")
        .endsWith("-pcap", "a b.pcap")
        .doesNotContain("-XX:+UseParallelGC", "-XX:+UseG1GC");
  }

  @Test
  void filesAreCollectedForThroughputAndInterfacesForShortPauses() throws Exception {
    assertThat(options(Map.of(), "-pcap", "a")).contains("-XX:+UseParallelGC");
    assertThat(options(Map.of(), "-pcap", "a", "-iface", "eth0"))
        .contains("-XX:+UseG1GC", "-XX:+AlwaysPreTouch");
    assertThat(options(Map.of(), "-config", "a.yaml")).contains("-XX:+AlwaysPreTouch");
    assertThat(options(Map.of(), "passwd", "a"))
        .as("memory is not taken for nothing")
        .contains("-XX:+UseG1GC")
        .doesNotContain("-XX:+AlwaysPreTouch");
    assertThat(options(Map.of(), "-cluster", "-pcap", "a")).contains("-XX:+UseParallelGC");
    assertThat(options(Map.of(), "-cluster", "-roles", "tracker"))
        .contains("-XX:+UseG1GC", "-Xmn128m");
  }

  /** Says what Maven does, and is done once there is a file {@code go}. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo '[INFO] Scanning for projects...'
      echo '[INFO] Building callscope-common 1.0                     [2/8]'
      echo once >> builds
      until [ -e go ]; do sleep 0.1; done
      touch deploy/target/callscope.jar
      """;

  @Test
  void twoStartsAtOnceBuildOnceAndSayHowFarTheyAre() throws Exception {
    Files.createDirectories(folder.resolve("deploy/src/main"));
    Files.createFile(folder.resolve("deploy/pom.xml"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.delete(folder.resolve("deploy/target/callscope.jar"));
    Path maven = folder.resolve("java/bin/mvn");
    Files.writeString(maven, MAVEN);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> path =
        Map.of("PATH", maven.getParent() + ":" + System.getenv().getOrDefault("PATH", ""));
    Path firstOut = folder.resolve("first");
    Path secondOut = folder.resolve("second");
    Process first = start(firstOut, path, "-version");
    try {
      awaitLine(first, firstOut, "callscope: building part 2 of 8");
      Process second = start(secondOut, path, "-version");
      try {
        awaitLine(second, secondOut, "callscope: waiting for another start to end its build");
        Files.createFile(folder.resolve("go"));
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        second.destroyForcibly();
      }
      assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.destroyForcibly();
    }
    assertThat(Files.readAllLines(folder.resolve("builds"))).containsExactly("once");
    assertThat(Files.readAllLines(firstOut))
        .endsWith("-version")
        .noneMatch(s -> s.contains("[INFO]"));
    assertThat(Files.readAllLines(secondOut)).endsWith("-version");
  }

  private static void awaitLine(Process process, Path out, String line) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.readAllLines(out).contains(line)) {
      assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
      assertThat(System.nanoTime()).as(line).isLessThan(deadline);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void theVersionIsReadFromTheFileOfTheJavaWhereItHasOne() throws Exception {
    Path release = folder.resolve("java/release");
    Files.writeString(release, "IMPLEMENTOR=\"any\"\nJAVA_RUNTIME_VERSION=\"25.0.1+8-LTS\"\n");
    assertThat(options(Map.of())).contains("-XX:+UseCompactObjectHeaders");

    Files.writeString(release, "JAVA_RUNTIME_VERSION=\"1.8.0_392-b08\"\n");
    assertThat(options(Map.of()))
        .singleElement(STRING)
        .contains("Java 8; Java 17 or later is needed");

    Files.writeString(release, "nothing of use\n");
    assertThat(options(Map.of())).doesNotContain("-XX:+UseCompactObjectHeaders").contains("-jar");
  }
}
