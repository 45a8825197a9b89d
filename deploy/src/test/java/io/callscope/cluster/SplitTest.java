package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.launcher.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process a service does what one JVM does. What comes by the wall clock after the capture's
 * end is left out.
 */
@Timeout(300)
class SplitTest {
  private static final String[] INPUT = {"-pcap", Program.DEMO.toString()};

  @TempDir Path folder;

  @Test
  void theSameCaptureGivesTheSameEventsCallsAndFilesAsInOneJvm() throws Exception {
    Outcome alone = alone();
    assertThat(alone.events()).hasSizeGreaterThan(300);
    assertThat(alone.calls()).isNotEmpty();
    assertThat(alone.files()).hasSizeGreaterThan(100);
    split().assertSameAs(alone);
  }

  private Outcome alone() throws Exception {
    int port = Program.freePort();
    Path files = folder.resolve("files-alone");
    try (Program program = new Program(Files.createDirectories(folder.resolve("alone")))) {
      program.start(
          Stream.of(
                  INPUT,
                  dump(files),
                  new String[] {"-http_port", "" + port, "-run_forever", "-partitions", "4"})
              .flatMap(Stream::of)
              .toArray(String[]::new));
      program.awaitReport();
      return Outcome.of(program, port, files).until(Outcome.end(Program.DEMO));
    }
  }

  private static String[] dump(Path files) {
    return new String[] {"-pcap_dump_dir", files.toString(), "-pcap_dump_on"};
  }

  private Outcome split() throws Exception {
    int port = Program.freePort();
    Path files = folder.resolve("files-split");
    try (Cluster cluster = new Cluster(folder.resolve("split"), 4, 5)) {
      cluster.start(0, "tracker", dump(files));
      cluster.start(1, "tracker", dump(files));
      Program web = cluster.start(2, "web", "-http_port", "" + port);
      cluster.start(3, "pcapdump", dump(files));
      cluster.join();
      cluster.awaitShared(2);
      web.awaitPages(port);
      cluster.await(() -> cluster.owners("pcapdump").size() == Cluster.WRITERS);
      Program capture = cluster.start(4, "capture", INPUT);
      assertThat(capture.end()).as(cluster::errors).isZero();
      return Outcome.of(web, port, files)
          .with(
              cluster.events().stream()
                  .sorted(Comparator.comparingLong(CallEvent::number))
                  .map(event -> EventJson.of(event).encode())
                  .toList())
          .until(Outcome.end(Program.DEMO));
    }
  }
}
