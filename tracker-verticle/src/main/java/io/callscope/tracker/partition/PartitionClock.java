package io.callscope.tracker.partition;

import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceNames;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clock of a partition: how far the slowest of its sources is, by the capture times they send.
 * It never goes back. Not waited for are live sources that fall silent, those whose clock is wrong
 * and behind this one, and those that follow this clock themselves; when none is left, the clock
 * goes on at the pace of one that nobody sets. One thread.
 */
final class PartitionClock {
  /** A live source that sends nothing for so long is not waited for. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  /** Clocks that are kept by NTP differ by less. */
  private static final long MAX_BEHIND_NANOS = 2_000_000_000L;

  /** A file that another owner has begun may have ended meanwhile: it is not waited for longer. */
  private static final long RESTORED_SILENCE_NANOS = 30_000_000_000L;

  /** A process is not yet known of everywhere when its first batches come. */
  private static final long ABANDONED_NANOS = 2_000_000_000L;

  private final Map<String, Mark> sources = new HashMap<>();
  private Mark only;
  private long nowNanos;

  // On a clock of any zero that no one sets.
  private long monotonicNanos;
  private long tickNanos;
  private boolean hasTicked;

  private static final class Mark {
    final boolean file;
    final boolean follows;

    /** Not heard of since another owner left it so. */
    boolean restored;

    long nanos;
    long heardNanos;

    Mark(String source) {
      file = SourceNames.isFile(source);
      follows = SourceNames.isFollower(source);
    }
  }

  /** A source has spoken: notes when, for its silence. */
  void hear(String source, long monotonic) {
    Mark mark = sources.get(source);
    if (mark == null) {
      mark = new Mark(source);
      sources.put(source, mark);
    }
    only = sources.size() == 1 ? mark : null;
    mark.restored = false;
    mark.heardNanos = monotonic;
    monotonicNanos = monotonic;
    if (!hasTicked) {
      ticked(monotonic);
    }
  }

  private void ticked(long monotonic) {
    hasTicked = true;
    tickNanos = monotonic;
  }

  /**
   * The clock of a source that was heard is at {@code nanos}.
   *
   * @return the partition's clock, ns since 1970
   */
  long mark(String source, long nanos) {
    Mark mark = only != null ? only : sources.get(source);
    mark.nanos = Math.max(mark.nanos, nanos);
    if (only == null) {
      nowNanos = Math.max(nowNanos, slowest());
    } else {
      nowNanos = Math.max(nowNanos, mark.nanos);
    }
    return nowNanos;
  }

  private long slowest() {
    long slowest = Long.MAX_VALUE;
    for (Mark mark : sources.values()) {
      if (isWaitedFor(mark)) {
        slowest = Math.min(slowest, mark.nanos);
      }
    }
    return slowest == Long.MAX_VALUE ? nowNanos : slowest;
  }

  /**
   * Waiting for a source that goes by this clock would be waiting for itself. For one whose clock
   * is an hour behind it would be an hour without timers and events.
   */
  private boolean isWaitedFor(Mark mark) {
    boolean sets = mark.file || (!mark.follows && nowNanos - mark.nanos <= MAX_BEHIND_NANOS);
    return sets && isHeard(mark);
  }

  private boolean isHeard(Mark mark) {
    if (mark.restored && mark.file) {
      return monotonicNanos - mark.heardNanos < RESTORED_SILENCE_NANOS;
    }
    return mark.file || monotonicNanos - mark.heardNanos < SILENCE_NANOS;
  }

  /**
   * A source has ended: the others no longer wait for it.
   *
   * @return the partition's clock, ns since 1970
   */
  long end(String source) {
    sources.remove(source);
    only = sources.size() == 1 ? sources.values().iterator().next() : null;
    nowNanos = Math.max(nowNanos, slowest());
    return nowNanos;
  }

  /**
   * Sources whose process is not among those that are there, and of which nothing has come for a
   * while.
   *
   * @param monotonic a clock of any zero
   */
  List<String> abandoned(Set<String> alive, long monotonic) {
    List<String> abandoned = new ArrayList<>();
    sources.forEach(
        (source, mark) -> {
          String process = ProcessName.of(source);
          if (!process.isEmpty()
              && !alive.contains(process)
              && monotonic - mark.heardNanos > ABANDONED_NANOS) {
            abandoned.add(source);
          }
        });
    return abandoned;
  }

  /**
   * Time has gone by, whether or not anything came.
   *
   * @param monotonic a clock of any zero that no one sets
   */
  long tick(long monotonic) {
    long gone = hasTicked ? monotonic - tickNanos : 0;
    monotonicNanos = monotonic;
    ticked(monotonic);
    boolean waits = false;
    for (Mark mark : sources.values()) {
      waits |= isWaitedFor(mark);
    }
    if (!waits && nowNanos != 0 && gone > 0) {
      nowNanos += gone;
    } else if (waits) {
      nowNanos = Math.max(nowNanos, slowest());
    }
    return nowNanos;
  }

  /** Whatever the sources say, it is at least so late. */
  long skipTo(long nanos) {
    nowNanos = Math.max(nowNanos, nanos);
    return nowNanos;
  }

  /** How far each source is, and the clock itself. */
  void write(ImageWriter out) {
    Map<String, Long> marks = new HashMap<>();
    sources.forEach((name, mark) -> marks.put(name, mark.nanos));
    PartitionImage.write(marks, out);
    out.putLong(nowNanos);
  }

  /**
   * Goes on where another left off; each source has the usual time to speak up.
   *
   * @param monotonic a clock of any zero that no one sets
   */
  void read(ImageReader in, long monotonic) {
    PartitionImage.read(in)
        .forEach(
            (name, nanos) -> {
              Mark mark = new Mark(name);
              mark.restored = true;
              mark.nanos = nanos;
              mark.heardNanos = monotonic;
              sources.put(name, mark);
            });
    nowNanos = in.getLong();
    monotonicNanos = monotonic;
    ticked(monotonic);
  }

  /** Names of the sources that have not ended. */
  List<String> sources() {
    return sources.keySet().stream().sorted().toList();
  }

  /** No source is left or heard of: what is settled now stays so. */
  boolean isIdle() {
    for (Mark mark : sources.values()) {
      if (isHeard(mark)) {
        return false;
      }
    }
    return true;
  }
}
