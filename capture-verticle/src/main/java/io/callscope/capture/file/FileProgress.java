package io.callscope.capture.file;

import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.source.Pacemeter;
import io.callscope.capture.source.PacketFeed;
import java.util.concurrent.TimeUnit;

/** How far the files of a source are read, and how fast. For the source's thread. */
final class FileProgress {
  /** Of less what is read ahead is too large a part to tell how far a replay is. */
  private static final long LEAST_PACED_BYTES = 64L << 20;

  private final String source;
  private final PacketFeed packets;
  private final long totalBytes;
  private final Pacemeter pacemeter = new Pacemeter();
  private long startNanos;
  private String reading = "";
  private long endedBytes;
  private long firstNanos;
  private long captureNanos;
  private long fileFirstNanos;
  private long fileLastNanos;

  /**
   * @param source its name, unique among all processes
   * @param packets counts them
   */
  FileProgress(String source, FileInput input, PacketFeed packets) {
    this.source = source;
    this.packets = packets;
    totalBytes = totalBytes(input);
  }

  private static long totalBytes(FileInput input) {
    long bytes = input.loops() * input.files().stream().mapToLong(SourceFiles::size).sum();
    return input.replay().on() && bytes < LEAST_PACED_BYTES ? 0 : bytes;
  }

  /**
   * @param nanos now, of a clock that no one sets, as in all that follows
   */
  void start(long nanos) {
    startNanos = nanos;
    pacemeter.start(nanos);
  }

  /**
   * A file begins.
   *
   * @param name what people know it as
   */
  void begin(String name) {
    reading = name;
  }

  /** A packet that says when it was captured, ns since 1970. */
  void packet(long capturedNanos) {
    fileFirstNanos = fileFirstNanos == 0 ? capturedNanos : fileFirstNanos;
    fileLastNanos = capturedNanos;
    firstNanos = firstNanos == 0 ? capturedNanos : firstNanos;
  }

  /** No packet of this file has said yet when it was captured. */
  boolean isAtBegin() {
    return fileFirstNanos == 0;
  }

  /** So many bytes of this file were read in all. */
  void readBytes(long bytes) {
    endedBytes += bytes;
  }

  /** This file is over, or could not be opened. */
  void end() {
    reading = "";
    captureNanos += Math.max(0, fileLastNanos - fileFirstNanos);
    fileFirstNanos = 0;
    fileLastNanos = 0;
  }

  /**
   * @param error empty if nothing went wrong
   * @param fileBytes read of this file so far
   */
  SourceStatus status(State state, String error, long fileBytes, long nanos) {
    long runNanos = nanos - startNanos;
    return new SourceStatus(
        source,
        state,
        error,
        packets.packets(),
        packets.bytes(),
        firstNanos,
        firstNanos == 0 ? 0 : packets.time().nanos(),
        TimeUnit.NANOSECONDS.toMillis(captureNanos + Math.max(0, fileLastNanos - fileFirstNanos)),
        TimeUnit.NANOSECONDS.toMillis(runNanos),
        totalBytes,
        endedBytes + fileBytes,
        new SourceStatus.Pace(
            reading,
            pacemeter.perSecond(packets.packets(), nanos),
            leftMillis(runNanos, endedBytes + fileBytes)));
  }

  /** By the bytes read so far; -1 where they do not tell. */
  private long leftMillis(long runNanos, long readBytes) {
    if (readBytes <= 0 || readBytes > totalBytes) {
      return -1;
    }
    double perByte = (double) runNanos / readBytes;
    return TimeUnit.NANOSECONDS.toMillis((long) (perByte * (totalBytes - readBytes)));
  }
}
