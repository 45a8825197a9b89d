package io.callscope.capture.tcp;

/**
 * What time does to TCP streams; may change while they are read.
 *
 * @param gcNanos period of looking for stale streams in capture time; 0 or less for never
 * @param reorderNanos how long a hole in a stream is waited for
 * @param connectionNanos how long a stream may be silent
 */
public record TcpTimeouts(long gcNanos, long reorderNanos, long connectionNanos) {}
