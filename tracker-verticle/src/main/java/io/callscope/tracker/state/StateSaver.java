package io.callscope.tracker.state;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Saves a partition: what has changed is appended to a log of segments, then a head is committed
 * that says which segments there are and what is in no table. What a commit tells is the partition
 * as it was when that save began, however many turns and messages ago.
 *
 * <p>Everything happens on the partition's thread, in turns; a save waits for the one before it.
 */
public final class StateSaver {
  /** More bytes than this on their way make a save less exact, not memory fuller. */
  private static final int MAX_UNWRITTEN_BYTES = 32 << 20;

  /** Entries gone that are remembered while the store does not take them. */
  private static final int MAX_REMOVED = 4_000_000;

  /** With a tick and the save itself still less than a second until all is in the store. */
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** The same where nothing has changed but clock and sources. */
  private static final long HEAD_ONLY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private enum Phase {
    IDLE,
    /** All entries are being marked, for a log that begins anew. */
    MARKING,
    WRITING,
    COMMITTING,
    FENCED
  }

  private final StateOwner owner;
  private final SegmentLog log;
  private final List<StateTable<?>> tables;
  private final StateHead head;
  private final StateCounters counters;
  private final Executor thread;
  private final LongSupplier clock;
  private final Runnable fenced;
  private final StateConfig.Tuning tuning;

  private final SegmentWriter writer;
  private final ImageWriter headOut = new ImageWriter();
  private final Lap lap;
  private Phase phase = Phase.IDLE;
  private boolean turnQueued;

  // Of the save under way.
  private byte[] headImage;
  private boolean cuts;
  private boolean allWritten;
  private long changedFrom;
  private long lapFrom;
  private boolean last;

  private long beganNanos;
  private long savedNanos;
  private boolean renews;
  private StateWalk<?> marked;
  private int markedTable;
  private long images;
  private long imageBytes;
  private CompletableFuture<Void> finished;

  /**
   * @param thread runs a task later on the partition's thread
   * @param clock nanoseconds of any zero
   */
  StateSaver(
      StateOwner owner,
      SegmentLog log,
      List<StateTable<?>> tables,
      StateHead head,
      StateCounters counters,
      Executor thread,
      LongSupplier clock,
      StateConfig config) {
    this.owner = owner;
    this.log = log;
    this.tables = tables;
    this.head = head;
    this.counters = counters;
    this.thread = thread;
    this.clock = clock;
    fenced = config.fenced();
    tuning = config.tuning();
    writer =
        new SegmentWriter(owner, log, tuning.segmentBytes(), counters, thread, this::onProgress);
    lap = new Lap(log, tables, tuning.smallLogBytes());
    savedNanos = clock.getAsLong();
    beganNanos = savedNanos;
  }

  /** What the store has is worth nothing, or is not known: the next save writes everything. */
  void renew() {
    renews = true;
    tables.forEach(StateTable::forgetRemoved);
    counters.increment(counters.renewed);
  }

  /** Time goes by, some times a second: begins a save if it is time for one. */
  public void tick() {
    long now = clock.getAsLong();
    boolean changed = tables.stream().anyMatch(StateTable::hasChanged);
    boolean lags = changed || phase != Phase.IDLE;
    counters.set(counters.lagMillis, lags ? TimeUnit.NANOSECONDS.toMillis(now - savedNanos) : 0);
    if (phase == Phase.IDLE) {
      if (now - beganNanos >= (changed ? EVERY_NANOS : HEAD_ONLY_NANOS)) {
        begin();
      }
    } else if (phase != Phase.FENCED) {
      if (!renews && tables.stream().anyMatch(table -> table.removedCount() > MAX_REMOVED)) {
        renew();
      }
      onProgress();
    }
  }

  /**
   * Saves all there is; nothing changes any more, but ticks go on. Completes when it is committed.
   */
  public CompletionStage<Void> finish() {
    finished = new CompletableFuture<>();
    if (phase == Phase.FENCED) {
      finished.complete(null);
    } else if (phase == Phase.IDLE) {
      begin();
    }
    return finished;
  }

  private void begin() {
    beganNanos = clock.getAsLong();
    if (renews) {
      phase = Phase.MARKING;
      marked = null;
      markedTable = 0;
      laterTurn();
    } else {
      write(lap.begin(neededBytes()));
    }
  }

  private long neededBytes() {
    long entries = tables.stream().mapToLong(StateTable::size).sum();
    return images == 0 ? Long.MAX_VALUE / 2 : entries * (imageBytes / images);
  }

  /**
   * @param cutsLog nothing before the lap, or this save, is needed once it is committed
   */
  private void write(boolean cutsLog) {
    phase = Phase.WRITING;
    cuts = cutsLog;
    last = finished != null;
    allWritten = false;
    changedFrom = writer.bytes();
    lapFrom = -1;
    headOut.clear();
    head.write(headOut);
    headImage = headOut.bytes();
    tables.forEach(table -> table.begin(this));
    turn();
  }

  private void laterTurn() {
    if (!turnQueued) {
      turnQueued = true;
      thread.execute(
          () -> {
            turnQueued = false;
            turn();
          });
    }
  }

  private void turn() {
    long from = clock.getAsLong();
    if (phase == Phase.MARKING) {
      mark();
    } else if (phase == Phase.WRITING && !allWritten) {
      writeSome();
    } else {
      return;
    }
    counters.set(counters.turnMicros, (clock.getAsLong() - from) / 1000);
  }

  private void mark() {
    for (int i = 0; i < tuning.entriesPerTurn(); i++) {
      if (markedTable == tables.size()) {
        renews = false;
        lap.start();
        write(true);
        return;
      }
      markNext(tables.get(markedTable));
    }
    laterTurn();
  }

  @SuppressWarnings("unchecked") // the walk is that of the table
  private <E extends Stored> void markNext(StateTable<E> table) {
    StateWalk<E> walk = (StateWalk<E>) (marked == null ? table.walk() : marked);
    marked = walk;
    if (!walk.step()) {
      marked = null;
      markedTable++;
    } else if (walk.entry() != null) {
      table.mark(walk.entry());
    }
  }

  private void writeSome() {
    int steps = 0;
    while (!allWritten && steps < tuning.entriesPerTurn() && writer.hasRoom()) {
      allWritten = !step();
      steps++;
    }
    if (allWritten) {
      tables.forEach(StateTable::end);
      writer.close();
    }
    onProgress();
  }

  private boolean step() {
    for (StateTable<?> table : tables) {
      if (table.step(this)) {
        return true;
      }
    }
    if (lapFrom < 0) {
      lapFrom = writer.bytes();
    }
    // A lap goes as fast as changes come.
    boolean enough = writer.bytes() - lapFrom > lapFrom - changedFrom;
    return !last && !enough && lap.step(this);
  }

  <E extends Stored> void write(StateTable<E> table, E entry) {
    table.written(entry);
    try {
      table.write(entry, writer.out());
    } catch (RuntimeException e) { // one entry that breaks a rule of ours must not end all saving
      counters.failedEntry(e);
      return;
    }
    counters.increment(counters.entries);
    images++;
    imageBytes += writer.out().recordBytes();
    writer.recordWritten();
  }

  /** An entry that this save has still to write is about to change. */
  <E extends Stored> void writeBeforeChange(StateTable<E> table, E entry) {
    if (writer.unwrittenBytes() < MAX_UNWRITTEN_BYTES) {
      write(table, entry);
    } else {
      counters.increment(counters.fuzzy);
    }
  }

  void writeRemoved(StateTable<?> table, long id) {
    ImageWriter out = writer.out();
    out.putByte(Segments.removed(table.tag));
    out.putLong(id);
    counters.increment(counters.removed);
    writer.recordWritten();
  }

  /** Sends what is ready; commits once the store has all of the save. */
  private void onProgress() {
    if (phase == Phase.WRITING && allWritten && writer.isDone()) {
      commit();
    } else if (phase == Phase.WRITING && !allWritten && writer.hasRoom()) {
      laterTurn();
    }
    writer.send(clock.getAsLong());
  }

  private void commit() {
    phase = Phase.COMMITTING;
    List<SegmentLog.Run> gone = cuts ? lap.cut() : List.of();
    Segments.begin(headOut);
    log.write(headOut);
    headOut.putBytes(headImage);
    byte[] bytes = Segments.end(headOut);
    writer.request(
        () -> owner.store().commit(owner.partition(), owner.epoch(), bytes),
        mine -> {
          if (mine) {
            committed(bytes.length, gone);
          } else {
            fence();
          }
        });
  }

  private void committed(int headBytes, List<SegmentLog.Run> gone) {
    phase = Phase.IDLE;
    savedNanos = beganNanos;
    counters.increment(counters.saves);
    counters.add(counters.bytes, headBytes);
    counters.set(counters.logBytes, log.bytes());
    counters.set(
        counters.saveMillis, TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - beganNanos));
    gone.forEach(run -> owner.drop(run.from(), run.to(), counters, thread));
    if (last) {
      finished.complete(null);
    } else if (finished != null) {
      begin();
    }
  }

  private void fence() {
    phase = Phase.FENCED;
    counters.increment(counters.fenced);
    if (finished != null) {
      finished.complete(null);
    }
    fenced.run();
  }
}
