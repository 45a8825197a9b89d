package io.callscope.tracker;

import io.callscope.tracker.rate.RateSettings;

/**
 * What the event stage is made of.
 *
 * @param partitions how many tracker partitions send events
 * @param droppedTypes bits of the event types that are not published
 */
public record EventStageConfig(int partitions, int droppedTypes, RateSettings rates) {}
