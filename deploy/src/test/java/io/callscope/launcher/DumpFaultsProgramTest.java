package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of calls where the disk fails, the program is stopped or killed. */
class DumpFaultsProgramTest {
  @TempDir Path folder;

  private DumpedCalls dumped;
  private Program program;
  private Path calls;

  @BeforeEach
  void prepare() {
    dumped = new DumpedCalls(folder);
    program = dumped.program;
    calls = dumped.directory;
  }

  @AfterEach
  void stop() {
    dumped.close();
  }

  /** Files may end within a record then, as the last write was cut off; the next run mends them. */
  @Test
  void killedProgramLeavesFilesThatCanBeReadAndGoneOnWith() throws Exception {
    for (int round = 1; round <= 2; round++) {
      long before = round * 40L;
      dumped.start(
          "-pcap", Program.DEMO.toString(), "-pcap_loop", "10000", "-pcap_dump_flush", "20ms");
      program.await(() -> Files.isDirectory(calls) && UdpMessages.files(calls).size() > before);
      program.close();
      program.awaitEnd();
      for (Path file : UdpMessages.files(calls)) {
        assertThat(whole(file)).as(file.toString()).isNotNegative();
      }
    }
    assertThat(dumped.run("-pcap", Program.DEMO.toString())).isZero();
    assertThat(dumped.counted("written_msgs")).isEqualTo(2170);
    for (Path file : UdpMessages.files(calls)) {
      assertThat(UdpMessages.of(file)).isNotEmpty(); // and whole to its end
    }
  }

  /** Whole records of a file; its last one may be cut off. */
  private static long whole(Path file) throws IOException {
    if (Files.size(file) < 24) {
      return 0;
    }
    long records = 0;
    try (PacketReader reader = PacketReader.open(file.toString())) {
      while (reader.next()) {
        records++;
      }
    } catch (CaptureFileException e) {
      assertThat(e.isCutOff()).as(e.getMessage()).isTrue();
    }
    return records;
  }

  @Test
  void stopInTheMiddleWritesWhatWasRead() throws Exception {
    dumped.start("-pcap", Program.DEMO.toString(), "-pcap_loop", "10000", "-pcap_dump_flush", "1m");
    program.await(() -> Files.isDirectory(calls) && UdpMessages.files(calls).size() > 10);
    program.terminate();
    assertThat(program.end()).isZero();
    // At most the one is lost for which the source waited when it was stopped.
    assertThat(dumped.counted("dropped_queue")).isLessThanOrEqualTo(1);
    assertThat(dumped.counted("offered_msgs"))
        .isPositive()
        .isEqualTo(dumped.counted("written_msgs") + dumped.counted("dropped_queue"));
    assertThat(dumped.records()).isEqualTo(dumped.counted("written_msgs"));
  }

  @Test
  void fullDiskIsCountedAndUsedAgainOnceItHasRoom() throws Exception {
    Files.createDirectory(calls);
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", calls.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "only root may mount a file system");
    try {
      Path filler = calls.resolve("filler");
      Files.write(filler, new byte[16 << 20]);
      int port = Program.freePort();
      dumped.start(
          "-pcap", Program.DEMO.toString(), "-pcap_loop", "100000", "-http_port", "" + port);
      program.await(() -> dumped.counter(port, "err_wr_msg") > 0);
      long written = dumped.counter(port, "written_msgs");
      Files.delete(filler);
      program.await(() -> dumped.counter(port, "written_msgs") > written + 1000);
      program.terminate();
      assertThat(program.end()).isZero();
      dumped.assertAccounts();
    } finally {
      program.close();
      program.awaitEnd();
      new ProcessBuilder("umount", calls.toString()).start().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Rights are taken away and given back; root without its privilege over files is as others. */
  @Test
  void aDirectoryWithoutRightsIsCountedAndUsedAgainOnceTheyAreBack() throws Exception {
    Namespace.needs("setpriv");
    Files.createDirectory(calls);
    int port = Program.freePort();
    program.by("setpriv", "--bounding-set", "-dac_override,-dac_read_search");
    dumped.start(
        "-pcap",
        Program.DEMO.toString(),
        "-pcap_loop",
        "100000",
        "-pcap_dump_max_open",
        "16",
        "-http_port",
        "" + port);
    program.await(() -> dumped.counter(port, "written_msgs") > 0);
    Files.setPosixFilePermissions(calls, PosixFilePermissions.fromString("---------"));
    program.await(() -> dumped.counter(port, "err_new_file") > 0);
    Files.setPosixFilePermissions(calls, PosixFilePermissions.fromString("rwx------"));
    long written = dumped.counter(port, "written_msgs");
    program.await(() -> dumped.counter(port, "written_msgs") > written + 1000);
    program.terminate();
    assertThat(program.end()).isZero();
    dumped.assertAccounts();
  }

  @Test
  void aBatchWhoseFilesCouldNotBeWrittenEndsWithAnErrorThatSaysSo() throws Exception {
    Files.createDirectory(calls);
    Files.writeString(calls.resolve("0"), "where the one subdirectory should be");
    assertThat(dumped.run("-pcap", Program.DEMO.toString(), "-pcap_dump_subdirs", "1"))
        .isEqualTo(255);
    assertThat(program.err())
        .contains(
            "callscope: 2170 messages are missing in the files of calls: pcap_dump.err_new_file 2170");
    assertThat(program.out())
        .contains("hint: 2170 messages are missing in the files of calls; the log says why");
  }

  @Test
  void directoryThatCannotBeOneIsSaidAtTheStart() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(
            program.run(
                "-pcap",
                Program.DEMO.toString(),
                "-pcap_dump_on",
                "-pcap_dump_dir",
                file.resolve("calls").toString()))
        .isEqualTo(255);
    assertThat(program.err()).contains("pcapdump cannot start").contains("is not a directory");
  }
}
