package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private final Uploads uploads = new Uploads();

  private Uploads.Received received() throws IOException {
    String name = uploads.begin("a.pcap", 0);
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
    uploads.begin("b.pcap", 0);
    uploads.close();
    assertThat(received.file()).doesNotExist();
  }
}
