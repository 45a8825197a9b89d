package io.callscope.tracker.stage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How far the event stage has come, kept where another process can go on from. None of it blocks.
 */
public interface StageProgress {
  /**
   * A point that it reaches.
   *
   * @param nextNumber of the next event
   * @param publishedNanos of what it has taken all events of an earlier time are published, ns
   *     since 1970; the smallest number where that is not known
   * @param taken from each partition, empty where that is not known
   */
  record Point(long nextNumber, long publishedNanos, List<Taken> taken) {
    /** Before all events. */
    public static final Point START = new Point(0, Long.MIN_VALUE, List.of());
  }

  /**
   * What was taken from a partition.
   *
   * @param term of its owner
   * @param sequence of the last batch, -1 before the first
   */
  record Taken(long term, long sequence) {}

  /** For an event stage that has no successor. */
  StageProgress NONE =
      new StageProgress() {
        @Override
        public CompletionStage<Point> open() {
          return CompletableFuture.completedFuture(Point.START);
        }

        @Override
        public void reached(Point point) {
          // nobody goes on from it
        }

        @Override
        public CompletionStage<Void> close(Point point) {
          return CompletableFuture.completedFuture(null);
        }
      };

  /** Where to go on: at a number above all that have been given, so there may be a gap. */
  CompletionStage<Point> open();

  /** Told ten times a second. */
  void reached(Point point);

  /** Nothing is published any more: the next event stage goes on without a gap. */
  CompletionStage<Void> close(Point point);
}
