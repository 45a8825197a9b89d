package io.callscope.tracker.state;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A store in memory, as fast, slow or broken as a test wants it. */
public final class MemoryStore implements StateStore {
  /** What is stored of one partition. */
  public static final class Kept {
    public final TreeMap<Long, byte[]> segments = new TreeMap<>();
    public byte[] head;
    long epoch;
  }

  private final Map<Integer, Kept> partitions = new HashMap<>();
  private Executor when = Runnable::run;
  private volatile boolean broken;
  private volatile Runnable committed = () -> {};
  private long commits;
  private long written;

  /** Where its work is done, and so when. */
  public MemoryStore doneBy(Executor executor) {
    when = executor;
    return this;
  }

  /** From now on all requests fail, or none any more. */
  public void setBroken(boolean isBroken) {
    broken = isBroken;
  }

  /** What is stored now, for another to look at. */
  public MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    partitions.forEach(
        (number, kept) -> {
          copy.kept(number).segments.putAll(kept.segments);
          copy.kept(number).head = kept.head;
          copy.kept(number).epoch = kept.epoch;
        });
    return copy;
  }

  /** Told of each commit from now on. */
  public void onCommit(Runnable told) {
    committed = told;
  }

  public Kept kept(int partition) {
    return partitions.computeIfAbsent(partition, number -> new Kept());
  }

  public long commits() {
    return commits;
  }

  /** Bytes of all segments and heads written. */
  public long written() {
    return written;
  }

  private <T> CompletionStage<T> later(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    when.execute(
        () -> {
          if (broken) {
            done.completeExceptionally(new IllegalStateException("broken"));
          } else {
            done.complete(work.get());
          }
        });
    return done;
  }

  @Override
  public CompletionStage<Opened> open(int partition) {
    return later(
        () -> {
          Kept kept = kept(partition);
          long[] numbers = kept.segments.keySet().stream().mapToLong(Long::longValue).toArray();
          return new Opened(++kept.epoch, kept.head, numbers);
        });
  }

  @Override
  public CompletionStage<byte[]> read(int partition, long segment) {
    return later(() -> kept(partition).segments.get(segment));
  }

  @Override
  public CompletionStage<Void> write(int partition, long segment, byte[] bytes) {
    return later(
        () -> {
          kept(partition).segments.put(segment, bytes);
          written += bytes.length;
          return null;
        });
  }

  @Override
  public CompletionStage<Boolean> commit(int partition, long epoch, byte[] head) {
    return later(
        () -> {
          Kept kept = kept(partition);
          if (kept.epoch != epoch) {
            return false;
          }
          kept.head = head;
          commits++;
          committed.run();
          written += head.length;
          return true;
        });
  }

  @Override
  public CompletionStage<Void> drop(int partition, long from, long to) {
    return later(
        () -> {
          kept(partition).segments.subMap(from, to).clear();
          return null;
        });
  }
}
