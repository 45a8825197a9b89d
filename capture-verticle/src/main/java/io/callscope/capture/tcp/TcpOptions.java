package io.callscope.capture.tcp;

import java.util.List;

/**
 * How TCP streams are put together.
 *
 * @param gcNanos period of looking for stale streams in capture time; 0 or less for never
 * @param reorderNanos how long a hole in a stream is waited for
 * @param connectionNanos how long a stream may be silent
 * @param bufferBytes first size of the buffer for a message that is not whole; 0 for 8192
 * @param maxBufferBytes most bytes of a message that are kept
 * @param maxStreams most streams, two for each connection
 * @param maxMemoryBytes most bytes that all streams together hold
 * @param webSocketPorts ports, on either side, of connections that carry HTTP and WebSocket
 */
public record TcpOptions(
    long gcNanos,
    long reorderNanos,
    long connectionNanos,
    int bufferBytes,
    int maxBufferBytes,
    int maxStreams,
    long maxMemoryBytes,
    List<Integer> webSocketPorts) {
  private static final long SECOND = 1_000_000_000L;
  private static final int USUAL_BUFFER = 8192;

  /** Offsets in a message are 16 bits wide, as in a datagram. */
  private static final int LARGEST_MESSAGE = 65_535;

  public static final TcpOptions DEFAULTS =
      new TcpOptions(
          30 * SECOND, 60 * SECOND, 3600 * SECOND, 4096, 16_384, 500_000, 64L << 20, List.of());

  public TcpOptions {
    bufferBytes = bufferBytes == 0 ? USUAL_BUFFER : bufferBytes;
    maxBufferBytes = Math.min(Math.max(maxBufferBytes, bufferBytes), LARGEST_MESSAGE);
    bufferBytes = Math.min(bufferBytes, maxBufferBytes);
    webSocketPorts = List.copyOf(webSocketPorts);
  }

  public TcpTimeouts timeouts() {
    return new TcpTimeouts(gcNanos, reorderNanos, connectionNanos);
  }

  /** The same with other timeouts. */
  public TcpOptions with(TcpTimeouts timeouts) {
    return new TcpOptions(
        timeouts.gcNanos(),
        timeouts.reorderNanos(),
        timeouts.connectionNanos(),
        bufferBytes,
        maxBufferBytes,
        maxStreams,
        maxMemoryBytes,
        webSocketPorts);
  }
}
