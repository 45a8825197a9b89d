package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR_MILLIS = 3_600_000;

  @TempDir private Path directory;
  private Uploads uploads;

  @BeforeEach
  void begin() {
    uploads = new Uploads(directory);
  }

  private Uploads.Received received() throws IOException {
    String name = uploads.begin("a.pcap", 0, 0);
    uploads.add(name, new byte[3], 0);
    return uploads.end(name);
  }

  @Test
  void aWholeCaptureStaysUntilItIsDeleted() throws IOException {
    Uploads.Received received = received();
    assertThat(received.file()).hasSize(3);
    uploads.delete(received);
    assertThat(received.file()).doesNotExist();
  }

  @Test
  void nothingIsLeftAtTheEnd() throws IOException {
    Uploads.Received received = received();
    uploads.begin("b.pcap", 0, 0);
    uploads.close();
    assertThat(received.file()).doesNotExist();
  }

  @Test
  void whatAKilledProcessHasLeftGoesAfterAnHour() throws IOException {
    Path left = received().file();
    Path other = Files.createFile(directory.resolve("capture.pcap"));
    long nowMillis = Files.getLastModifiedTime(left).toMillis();
    Uploads next = new Uploads(directory);
    next.begin("b.pcap", 0, nowMillis + HOUR_MILLIS);
    assertThat(left).exists();
    next.begin("c.pcap", 0, nowMillis + HOUR_MILLIS + 1);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void captureFilesComeInPieces() throws IOException {
    String name = uploads.begin("a.pcap", 0, 0);
    uploads.add(name, new byte[] {1, 2}, 0);
    assertThat(uploads.add(name, new byte[] {3}, 0)).isEqualTo(3);
    Path file = uploads.end(name).file();
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    Files.delete(file);
    assertThatThrownBy(() -> uploads.end(name)).hasMessageContaining("no such upload");
    assertThatThrownBy(() -> uploads.add(name, new byte[1], 0)).hasMessageContaining("no such");
  }

  @Test
  void soManyAtATimeAndForgottenWhenNothingComes() throws IOException {
    for (int i = 0; i < Uploads.MOST; i++) {
      uploads.begin("a.pcap", 0, 0);
    }
    assertThatThrownBy(() -> uploads.begin("a.pcap", 60 * SECOND, 0))
        .hasMessageContaining("already");
    String next = uploads.begin("a.pcap", 61 * SECOND, 0);
    Path file = uploads.end(next).file();
    assertThat(file).exists();
    Files.delete(file);
    uploads.close();
  }
}
