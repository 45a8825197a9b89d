package io.callscope.pcapdump.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
  @TempDir private Path folder;

  @Test
  void makesWhatIsMissingAndCountsIt() throws IOException {
    assertThat(Directories.make(new LocalDisk(), folder.resolve("a/b/c"))).isEqualTo(3);
    assertThat(folder.resolve("a/b/c")).isDirectory();
    assertThat(Directories.make(new LocalDisk(), folder.resolve("a/b/c"))).isZero();
  }

  /** As below /proc, where nothing can be made and the reason is always the same. */
  @Test
  void givesUpWhereSomethingIsMissingForEver() {
    assertThatThrownBy(() -> Directories.make(new LocalDisk(), Path.of("/proc/callscope/calls")))
        .isInstanceOf(IOException.class);
    assertThat(Files.exists(Path.of("/proc/callscope"))).isFalse();
  }
}
