package io.callscope.pcapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpDirectoryTest {
  @TempDir Path folder;

  @Test
  void oneThatCanBeMadeIsNotMadeYet() throws IOException {
    Path made = Files.createDirectory(folder.resolve("a"));
    DumpDirectory.check(made.resolve("b/c"));
    DumpDirectory.check(made);
    assertThat(made).isEmptyDirectory();
  }

  @Test
  void aFileInItsPlaceOrAboveItIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path directory : new Path[] {file, file.resolve("calls")}) {
      assertThatThrownBy(() -> DumpDirectory.check(directory))
          .hasMessage("-pcap_dump_dir " + directory + ": " + file + " is not a directory");
    }
  }

  @Test
  void oneThatCannotBeMadeIsRefused() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    assertThatThrownBy(() -> DumpDirectory.check(Path.of("/proc/nope/calls")))
        .hasMessageStartingWith(
            "-pcap_dump_dir /proc/nope/calls is not there and cannot be made: ");
  }
}
