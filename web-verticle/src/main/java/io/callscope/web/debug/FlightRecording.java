package io.callscope.web.debug;

import io.callscope.files.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * A flight recording and the file it ends in, which goes with it whatever came of it: it may be as
 * large as all the space there is. Blocks; one thread at a time.
 */
final class FlightRecording implements AutoCloseable {
  static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long MOST_BYTES = 256L << 20;

  private final Recording recording;
  private final PrivateDirectory files;

  /**
   * @param files for it alone
   */
  FlightRecording(Recording recording, PrivateDirectory files) {
    this.recording = recording;
    this.files = files;
  }

  /** One that has begun. */
  static FlightRecording begin() throws IOException, ParseException {
    Recording recording = new Recording(Configuration.getConfiguration("profile"));
    recording.setMaxAge(LONGEST);
    recording.setMaxSize(MOST_BYTES);
    recording.start();
    return new FlightRecording(recording, PrivateDirectory.temporary());
  }

  /** Ends it; what it has recorded. */
  Path finish() throws IOException {
    Path file = files.newFile(".jfr");
    recording.stop();
    recording.dump(file);
    return file;
  }

  @Override
  public void close() throws IOException {
    recording.close();
    files.close();
  }
}
