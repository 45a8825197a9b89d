package io.callscope.tracker.state;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over: opens it in the store, restores what is there, and hands back what saves
 * it from then on. What is damaged is counted and left out. On the partition's thread, in turns.
 */
public final class StateLoader {
  private static final Logger LOG = LoggerFactory.getLogger(StateLoader.class);

  /** Segments asked for ahead. */
  private static final int MAX_READS = 4;

  private static final int MAX_HEAD_BYTES = 16 << 20;

  private final int partition;
  private final StateConfig config;
  private final StateStore store;
  private final StateHead head;
  private final List<StateTable<?>> tables;
  private final StateCounters counters;
  private final Executor thread;
  private final LongSupplier clock;

  private final SegmentLog log = new SegmentLog();
  private final Map<Integer, TableRestore<?>> restores = new LinkedHashMap<>();
  private final Deque<SegmentLog.Run> toRead = new ArrayDeque<>();
  private final Deque<CompletionStage<byte[]>> reads = new ArrayDeque<>();
  private final Deque<TableRestore<?>> toFill = new ArrayDeque<>();
  private final CompletableFuture<StateSaver> loaded = new CompletableFuture<>();
  private StateOwner owner;
  private long beganNanos;

  /**
   * @param thread runs a task later on the partition's thread
   * @param clock nanoseconds of any zero
   */
  public StateLoader(
      int partition,
      StateConfig config,
      StateHead head,
      List<StateTable<?>> tables,
      StateCounters counters,
      Executor thread,
      LongSupplier clock) {
    this.partition = partition;
    this.config = config;
    store = config.store();
    this.head = head;
    this.tables = tables;
    this.counters = counters;
    this.thread = thread;
    this.clock = clock;
    for (StateTable<?> table : tables) {
      restores.put(table.tag, new TableRestore<>(table, counters));
    }
  }

  /** Restores; fails only if the store does, and then nothing is restored. */
  public CompletionStage<StateSaver> load() {
    beganNanos = clock.getAsLong();
    store.open(partition).whenCompleteAsync(this::opened, thread);
    return loaded;
  }

  /**
   * The partition goes on without what the store has, and saves itself there as soon as it answers.
   */
  public CompletionStage<StateSaver> overwrite() {
    store
        .open(partition)
        .whenCompleteAsync(
            (opened, failure) -> {
              if (failure != null) {
                loaded.completeExceptionally(failure);
                return;
              }
              own(opened);
              StateSaver saver = saver();
              saver.renew();
              loaded.complete(saver);
            },
            thread);
    return loaded;
  }

  private void own(StateStore.Opened opened) {
    owner = new StateOwner(partition, store, opened.epoch());
    dropOrphans(opened.segments().clone());
    toRead.addAll(log.newestFirst());
    log.beginEpoch(opened.epoch());
  }

  /** Of saves that were not committed, and of owners that were replaced. */
  private void dropOrphans(long[] segments) {
    Arrays.sort(segments);
    for (int i = 0; i < segments.length; i++) {
      int first = i;
      while (!log.contains(segments[i])
          && i + 1 < segments.length
          && segments[i + 1] == segments[i] + 1
          && !log.contains(segments[i + 1])) {
        i++;
      }
      if (!log.contains(segments[i])) {
        owner.drop(segments[first], segments[i] + 1, counters, thread);
      }
    }
  }

  private StateSaver saver() {
    return new StateSaver(owner, log, tables, head, counters, thread, clock, config);
  }

  private void opened(StateStore.Opened opened, Throwable failure) {
    if (failure != null) {
      loaded.completeExceptionally(failure);
      return;
    }
    if (opened.head() != null) {
      readHead(opened.head());
    }
    own(opened);
    readNext();
  }

  private void readHead(byte[] bytes) {
    try {
      ImageReader in = Segments.open(bytes);
      log.read(in);
      byte[] image = in.getBytes(MAX_HEAD_BYTES);
      head.read(new ImageReader(image, 0, image.length));
    } catch (BadImageException e) {
      counters.increment(counters.lostHeads);
      LOG.warn("partition {}: what was saved of it is damaged; begun empty", partition, e);
      log.clear();
    }
  }

  private void readNext() {
    while (reads.size() < MAX_READS && !toRead.isEmpty()) {
      SegmentLog.Run run = toRead.poll();
      if (run.to() - 1 > run.from()) {
        toRead.addFirst(new SegmentLog.Run(run.from(), run.to() - 1));
      }
      reads.add(read(run.to() - 1));
    }
    if (reads.isEmpty()) {
      toFill.addAll(restores.values());
      fill();
      return;
    }
    reads
        .poll()
        .whenCompleteAsync(
            (bytes, failure) -> {
              if (failure != null) {
                counters.increment(counters.failures);
              }
              readSegment(bytes);
              readNext();
            },
            thread);
  }

  private CompletionStage<byte[]> read(long segment) {
    return store
        .read(partition, segment)
        .exceptionallyCompose(failure -> store.read(partition, segment));
  }

  private void readSegment(byte[] bytes) {
    long from = clock.getAsLong();
    try {
      ImageReader.check(bytes != null, "missing");
      ImageReader in = Segments.open(bytes);
      log.found(bytes.length);
      int end = in.end();
      while (in.hasMore()) {
        readRecord(in);
        in.range(in.at(), end);
      }
    } catch (BadImageException e) {
      counters.increment(counters.lostSegments);
    }
    restores.values().forEach(TableRestore::segmentEnds);
    turnTook(from);
  }

  private void readRecord(ImageReader in) {
    int kind = in.getByte();
    if (kind == Segments.TEXT) {
      in.readText();
      return;
    }
    TableRestore<?> table = restores.get(kind >> 1);
    long id = in.getLong();
    if (kind == Segments.removed(kind >> 1)) {
      ImageReader.check(table != null, "table");
      table.removed(id);
      return;
    }
    int length = in.getInt();
    int end = in.at() + length;
    ImageReader.check(table != null && length >= 0 && end <= in.end() && end >= 0, "record");
    in.range(in.at(), end);
    table.image(id, in);
    in.range(end, end);
  }

  private void fill() {
    long from = clock.getAsLong();
    boolean filled = toFill.isEmpty() || toFill.peek().step(config.tuning().entriesPerTurn());
    turnTook(from);
    if (filled) {
      toFill.poll();
    }
    if (!toFill.isEmpty()) {
      thread.execute(this::fill);
      return;
    }
    counters.set(
        counters.restoreMillis, TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - beganNanos));
    loaded.complete(saver());
  }

  private void turnTook(long fromNanos) {
    counters.set(counters.turnMicros, (clock.getAsLong() - fromNanos) / 1000);
  }
}
