package io.callscope.tracker.ring;

import io.callscope.bus.RecordKind;
import io.callscope.net.Transport;

/**
 * A message read back.
 *
 * @param truncated bytes were missing at its end when it came
 * @param captureNanos ns since 1970, as {@code arrivalNanos}
 * @param sourceHigh addresses as in {@link io.callscope.net.IpAddress}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record RingMessage(
    RecordKind kind,
    Transport transport,
    boolean truncated,
    long captureNanos,
    long arrivalNanos,
    long sourceHigh,
    long sourceLow,
    int sourcePort,
    long destinationHigh,
    long destinationLow,
    int destinationPort,
    byte[] bytes) {}
