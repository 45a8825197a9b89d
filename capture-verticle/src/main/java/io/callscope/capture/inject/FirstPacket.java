package io.callscope.capture.inject;

import io.callscope.feed.SourceTime;
import io.callscope.pcap.PacketReader;
import java.io.IOException;

/** When a capture begins. */
public final class FirstPacket {
  /** Packets that may come before the first with a time that makes sense. */
  private static final int MOST_LOOKED_AT = 64;

  private FirstPacket() {}

  /**
   * The capture time of its first packet that has one, ns since 1970; 0 if none has.
   *
   * @throws IllegalArgumentException if it is no capture file
   */
  public static long nanos(Uploads.Received received, long wallNanos) {
    String path = received.file().toString();
    try {
      return nanos(path, wallNanos);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace(path, received.name()), e);
    }
  }

  private static long nanos(String file, long wallNanos) throws IOException {
    try (PacketReader reader = PacketReader.open(file)) {
      for (int i = 0; i < MOST_LOOKED_AT && reader.next(); i++) {
        if (SourceTime.isSane(reader.captureNanos(), wallNanos)) {
          return reader.captureNanos();
        }
      }
    }
    return 0;
  }
}
