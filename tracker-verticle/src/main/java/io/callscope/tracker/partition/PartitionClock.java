package io.callscope.tracker.partition;

import io.callscope.bus.SourceNames;
import java.util.HashMap;
import java.util.Map;

/**
 * The clock of a partition: how far the slowest of its sources is, by the capture times they send.
 * It never goes back. Live sources that fall silent are not waited for; when none is left, the
 * clock goes on at the pace of the wall clock. One thread.
 */
final class PartitionClock {
  /** A live source that sends nothing for so long is not waited for. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  private final Map<String, Mark> sources = new HashMap<>();
  private Mark only;
  private long nowNanos;
  private long wallNanos;

  private static final class Mark {
    final boolean file;
    long nanos;
    long heardWallNanos;

    Mark(boolean file) {
      this.file = file;
    }
  }

  /** A source has spoken: notes when, for its silence. */
  void hear(String source, long wall) {
    Mark mark = sources.get(source);
    if (mark == null) {
      mark = new Mark(SourceNames.isFile(source));
      sources.put(source, mark);
    }
    only = sources.size() == 1 ? mark : null;
    mark.heardWallNanos = wall;
    wallNanos = wall;
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

  private boolean isWaitedFor(Mark mark) {
    return mark.file || wallNanos - mark.heardWallNanos < SILENCE_NANOS;
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
   * Time has gone by, whether or not anything came.
   *
   * @param wall the wall clock, ns since 1970
   */
  long tick(long wall) {
    long gone = wall - wallNanos;
    wallNanos = wall;
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

  /** No source is left or heard of: what is settled now stays so. */
  boolean isIdle() {
    for (Mark mark : sources.values()) {
      if (isWaitedFor(mark)) {
        return false;
      }
    }
    return true;
  }
}
