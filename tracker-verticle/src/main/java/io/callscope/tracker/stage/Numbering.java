package io.callscope.tracker.stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where the numbers of events go on from when the event stage is run by another process. None of it
 * blocks.
 */
public interface Numbering {
  /** For an event stage that has no successor. */
  Numbering FROM_ZERO =
      new Numbering() {
        @Override
        public CompletionStage<Long> open() {
          return CompletableFuture.completedFuture(0L);
        }

        @Override
        public void reached(long next) {
          // nobody goes on from it
        }

        @Override
        public CompletionStage<Void> close(long next) {
          return CompletableFuture.completedFuture(null);
        }
      };

  /** A number above all that have been given, so there may be a gap. */
  CompletionStage<Long> open();

  /** How far they are; told ten times a second. */
  void reached(long next);

  /** No more are given: the next event stage goes on without a gap. */
  CompletionStage<Void> close(long next);
}
