package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program is stopped, killed or out of memory, at any moment. */
class ProgramFaultsTest {
  /** What the JVM answers to SIGTERM before the program has taken it over. */
  private static final int TERMINATED = 143;

  /** The promise. */
  private static final long STOP_SECONDS = 10;

  @TempDir Path folder;
  private Program program;
  private Path calls;

  @BeforeEach
  void prepare() {
    program = new Program(folder);
    calls = folder.resolve("calls");
  }

  @AfterEach
  void stop() {
    program.close();
  }

  private void startForEver(String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("-pcap", Program.DEMO.toString()));
    options.addAll(List.of("-pcap_loop", "1000000", "-http_port", "" + Program.freePort()));
    options.addAll(List.of("-pcap_dump_on", "-pcap_dump_dir", calls.toString()));
    options.addAll(List.of(more));
    program.start(options.toArray(String[]::new));
  }

  /** While it starts, while it writes files as fast as it can, and in the middle of a replay. */
  @ParameterizedTest
  @CsvSource({"1200, ", "3000, ", "3000, -replay"})
  void aStopAtAnyMomentDrainsInTimeAndLeavesWholeFiles(int latest, String more) throws Exception {
    int millis = new SplittableRandom().nextInt(latest);
    startForEver(more == null ? new String[0] : new String[] {more});
    TimeUnit.MILLISECONDS.sleep(millis); // any moment is as good as another: that is the test
    long start = System.nanoTime();
    program.terminate();
    int code = program.end();
    assertThat(System.nanoTime() - start)
        .as("stopped %d ms after its start", millis)
        .isLessThan(TimeUnit.SECONDS.toNanos(STOP_SECONDS));
    if (code == TERMINATED) {
      assertThat(program.err() + program.out()).as("nothing had begun").isEmpty();
    } else {
      assertThat(code).as("stopped after %d ms: %s", millis, program.err()).isZero();
      assertThat(program.out() + program.err())
          .containsAnyOf("active call entries", "stopped before it had started");
    }
    assertFilesAreWhole();
  }

  private void assertFilesAreWhole() throws IOException {
    if (!Files.isDirectory(calls)) {
      return;
    }
    for (Path file : UdpMessages.files(calls)) {
      try (PacketReader reader = PacketReader.open(file.toString())) {
        while (reader.next()) {
          assertThat(reader.capturedLength()).isPositive();
        }
      } catch (CaptureFileException e) {
        throw new AssertionError("not whole: " + e.getMessage(), e);
      }
    }
  }

  @Test
  void afterAKillTheNextStartIsClean() throws Exception {
    startForEver();
    program.await(() -> Files.isDirectory(calls) && UdpMessages.files(calls).size() > 20);
    program.close();
    program.awaitEnd();
    int code =
        program.run(
            "-pcap", Program.DEMO.toString(), "-pcap_dump_on", "-pcap_dump_dir", calls.toString());
    assertThat(code).isZero();
    assertThat(program.out()).contains("parse_ok:   2170");
    assertThat(program.err()).doesNotContain("ERROR");
    assertFilesAreWhole();
  }

  @Test
  void aFullHeapIsWrittenAndEndsTheProgramWithACodeOfItsOwn() throws Exception {
    Path dump = folder.resolve("heap.hprof");
    program.java(
        "-Xmx6m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+HeapDumpOnOutOfMemoryError",
        "-XX:HeapDumpPath=" + dump);
    int code = program.run("-pcap", Program.DEMO.toString());
    assertThat(code).as(program.err()).isEqualTo(ExitCode.OUT_OF_MEMORY);
    assertThat(dump).isNotEmptyFile();
  }
}
