package io.callscope.capture.file;

import io.callscope.feed.SourceTime;
import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import java.io.IOException;

/**
 * Looks ahead for the first sane capture time of a file whose first packet has none: with the time
 * of today instead, the clock would be ahead of all that follows.
 */
final class FirstTime {
  private static final int MAX_PACKETS = 100_000;

  private FirstTime() {}

  /**
   * @param file one that can be read twice
   * @return ns since 1970; 0 if none of the first packets has a sane time
   */
  static long of(String file, long arrivalNanos) throws IOException {
    try (PacketReader reader = PacketReader.open(file)) {
      for (int i = 0; i < MAX_PACKETS && reader.next(); i++) {
        if (SourceTime.isSane(reader.captureNanos(), arrivalNanos)) {
          return reader.captureNanos();
        }
      }
    } catch (CaptureFileException e) {
      return 0; // reading on will say what is wrong
    }
    return 0;
  }
}
