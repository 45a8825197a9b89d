package io.callscope.tracker;

import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.stage.FileNaming;
import java.util.function.Supplier;

/**
 * What the event stage is made of.
 *
 * @param partitions how many tracker partitions send events
 * @param droppedTypes bits of the event types that are not published
 * @param files makes how events name the files of their calls
 */
public record EventStageConfig(
    int partitions, int droppedTypes, RateSettings rates, Supplier<FileNaming> files) {

  /** Where nothing is dumped. */
  public EventStageConfig(int partitions, int droppedTypes, RateSettings rates) {
    this(partitions, droppedTypes, rates, FileNaming::none);
  }
}
