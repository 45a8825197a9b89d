package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.files.PrivateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;
  private Uploads uploads;

  @BeforeEach
  void begin() {
    uploads = new Uploads(new PrivateDirectory(directory));
  }

  private Uploads.Received received() throws Exception {
    String name = uploads.begin("a.pcap", 0);
    uploads.add(name, new byte[3], 0);
    return uploads.end(name);
  }

  @Test
  void aWholeCaptureStaysUntilItIsDeleted() throws Exception {
    Uploads.Received received = received();
    assertThat(received.file()).hasSize(3);
    uploads.delete(received);
    assertThat(received.file()).doesNotExist();
  }

  @Test
  void nothingIsLeftAtTheEnd() throws Exception {
    Uploads.Received received = received();
    uploads.begin("b.pcap", 0);
    uploads.close();
    assertThat(received.file()).doesNotExist();
  }

  @Test
  void whatCannotBeKeptIsGoneAndSaysSo() throws Exception {
    String name = uploads.begin("a.pcap", 0);
    uploads.add(name, new byte[3], 0);
    try (Stream<Path> files = Files.walk(directory)) {
      Path file = files.filter(one -> one.toString().endsWith(".pcap")).findFirst().orElseThrow();
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/dev/full"));
    }
    assertThatThrownBy(() -> uploads.add(name, new byte[3], 0))
        .isInstanceOf(Uploads.NotKeptException.class)
        .hasMessageContaining("No space left on device");
    assertThatThrownBy(() -> uploads.end(name)).hasMessageContaining("no such upload");
    Uploads nowhere = new Uploads(new PrivateDirectory(directory.resolve("gone")));
    assertThatThrownBy(() -> nowhere.begin("a.pcap", 0))
        .isInstanceOf(Uploads.NotKeptException.class);
    uploads.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void captureFilesComeInPieces() throws Exception {
    String name = uploads.begin("a.pcap", 0);
    uploads.add(name, new byte[] {1, 2}, 0);
    assertThat(uploads.add(name, new byte[] {3}, 0)).isEqualTo(3);
    Path file = uploads.end(name).file();
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    Files.delete(file);
    assertThatThrownBy(() -> uploads.end(name)).hasMessageContaining("no such upload");
    assertThatThrownBy(() -> uploads.add(name, new byte[1], 0)).hasMessageContaining("no such");
  }

  @Test
  void soManyAtATimeAndForgottenWhenNothingComes() throws Exception {
    for (int i = 0; i < Uploads.MOST; i++) {
      uploads.begin("a.pcap", 0);
    }
    assertThatThrownBy(() -> uploads.begin("a.pcap", 60 * SECOND)).hasMessageContaining("already");
    String next = uploads.begin("a.pcap", 61 * SECOND);
    Path file = uploads.end(next).file();
    assertThat(file).exists();
    Files.delete(file);
    uploads.close();
  }
}
