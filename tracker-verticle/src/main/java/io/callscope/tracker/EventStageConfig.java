package io.callscope.tracker;

import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.stage.FileNaming;
import io.callscope.tracker.stage.StageProgress;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the event stage is made of.
 *
 * @param partitions how many tracker partitions send events
 * @param droppedTypes bits of the event types that are not published
 * @param files makes how events name the files of their calls
 * @param tenure who runs it
 * @param progress where it goes on
 * @param hasSuccessor whether another process will run it, which gets what waits here anew
 * @param slept told once, if the process has stood still so long that another may run it already
 */
public record EventStageConfig(
    int partitions,
    int droppedTypes,
    RateSettings rates,
    Supplier<FileNaming> files,
    Tenure tenure,
    StageProgress progress,
    BooleanSupplier hasSuccessor,
    Runnable slept) {

  /** Where nothing is dumped, in one JVM. */
  public EventStageConfig(int partitions, int droppedTypes, RateSettings rates) {
    this(
        partitions,
        droppedTypes,
        rates,
        FileNaming::none,
        Tenure.ALONE,
        StageProgress.NONE,
        () -> false,
        () -> {});
  }
}
