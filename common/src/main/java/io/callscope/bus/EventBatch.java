package io.callscope.bus;

import java.util.List;

/**
 * Events of one tracker partition on their way to the event stage, in the order they were raised:
 * nearly that of their time.
 *
 * @param producer the partition
 * @param sequence number of this batch among the producer's, from 0
 * @param markNanos the watermark: no later batch of this producer holds an event of an earlier
 *     time, in ns since 1970
 * @param events never changed once sent
 */
public record EventBatch(int producer, long sequence, long markNanos, List<CallEvent> events) {}
