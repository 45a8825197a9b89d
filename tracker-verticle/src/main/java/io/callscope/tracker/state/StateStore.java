package io.callscope.tracker.state;

import java.util.concurrent.CompletionStage;

/**
 * Where the state of partitions outlives their processes. Nothing here blocks or throws; what it
 * returns completes on any thread, in some seconds at most.
 */
public interface StateStore {
  /**
   * What was there when a partition was opened.
   *
   * @param epoch rises with each opening; only the highest may commit
   * @param head of the last commit, null if there was none
   * @param segments numbers of all segments that are there, in any order
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes to be read once; nobody compares them
  record Opened(long epoch, byte[] head, long[] segments) {}

  /** The caller owns a partition from now on. Who opened it before can commit no more. */
  CompletionStage<Opened> open(int partition);

  /** A segment, null if it is not there. */
  CompletionStage<byte[]> read(int partition, long segment);

  /** Keeps a segment. Doing it again does no harm. */
  CompletionStage<Void> write(int partition, long segment, byte[] bytes);

  /**
   * Replaces the head: what was written becomes the state, as a whole.
   *
   * @return false if another has opened the partition since
   */
  CompletionStage<Boolean> commit(int partition, long epoch, byte[] head);

  /** Forgets the segments from {@code from} to before {@code to}. */
  CompletionStage<Void> drop(int partition, long from, long to);
}
