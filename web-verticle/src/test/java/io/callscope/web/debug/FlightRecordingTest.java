package io.callscope.web.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.files.PrivateDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
  @TempDir Path folder;

  @Test
  void itsFileIsForItsOwnerAndGoesWithIt() throws Exception {
    Recording started = new Recording();
    started.start();
    FlightRecording recording = new FlightRecording(started, new PrivateDirectory(folder));

    Path file = recording.finish();

    assertThat(file).startsWith(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllBytes(file)).startsWith("FLR".getBytes(StandardCharsets.US_ASCII));
    recording.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsLeftOfOneThatCannotBeWritten() throws Exception {
    Recording neverStarted = new Recording();
    FlightRecording recording = new FlightRecording(neverStarted, new PrivateDirectory(folder));

    assertThatThrownBy(recording::finish).isInstanceOf(IllegalStateException.class);
    recording.close();

    assertThat(folder).isEmptyDirectory();
  }
}
