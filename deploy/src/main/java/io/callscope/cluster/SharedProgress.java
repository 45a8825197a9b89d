package io.callscope.cluster;

import com.hazelcast.map.IMap;
import io.callscope.tracker.stage.StageProgress;
import io.callscope.tracker.stage.StageProgress.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the event stage is, in a map that outlives its process. Numbers are reserved ahead, so
 * that no event has to wait: more than ten times as many as were given between two looks. The
 * successor of an event stage that has died goes on behind them. The gap is small, since who keeps
 * the last so many numbers would forget that many events.
 */
final class SharedProgress implements StageProgress {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProgress.class);

  static final long LEAST_AHEAD = 1000;
  private static final long AHEAD_PER_GIVEN = 10;

  private static final String KEY = "eventstage";

  /** How often one entry is put where the answer is lost. */
  private static final int TRIES = 3;

  /** Numbers before what was taken from the partitions, two for each. */
  private static final int FIXED = 2;

  /** The number up to which all are given or reserved, and the rest of a point. */
  private final IMap<String, long[]> map;

  private final Executor blocking;

  /** What this process has put there; null until it is opened, and once another has gone on. */
  private volatile long[] held;

  /** What it has put there without knowing whether it came to be there, or null. */
  private long[] unsure;

  private long reached;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * @param blocking where it may wait for other members
   */
  SharedProgress(IMap<String, long[]> map, Executor blocking) {
    this.map = map;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Point> open() {
    return map.getAsync(KEY)
        .thenCompose(
            found -> {
              Point start = found == null ? Point.START : point(found);
              reached = start.nextNumber();
              long[] first = entry(reached + LEAST_AHEAD, start);
              return map.setAsync(KEY, first)
                  .thenApply(
                      done -> {
                        held = first;
                        return start;
                      });
            });
  }

  @Override
  public void reached(Point point) {
    long[] now = held;
    if (now == null || !last.isDone()) {
      return;
    }
    long ahead = LEAST_AHEAD + AHEAD_PER_GIVEN * (point.nextNumber() - reached);
    reached = point.nextNumber();
    long reserved = reached + ahead / 2 > now[0] ? reached + ahead : now[0];
    long[] next = entry(reserved, point);
    if (!Arrays.equals(next, now)) {
      last = move(next);
    }
  }

  /**
   * Only where nobody else has gone on since: one that was replaced without knowing it, as one that
   * was cut off, must not put it back.
   */
  private CompletableFuture<Void> move(long[] next) {
    return last.handle((before, failed) -> next).thenAcceptAsync(this::put, blocking);
  }

  private void put(long[] next) {
    if (held != null && (unsure == null || isPut(unsure))) {
      isPut(next);
    }
  }

  /**
   * Where a member dies on the way, the answer may be lost, or be no to the second of two times,
   * though the entry is there: then it is this one's own.
   */
  private boolean isPut(long[] next) {
    unsure = next;
    for (int tries = 0; tries < TRIES; tries++) {
      long[] found = replaced(next) ? next : map.get(KEY);
      if (Arrays.equals(found, next)) {
        held = next;
        unsure = null;
        return true;
      }
      if (!Arrays.equals(found, held)) {
        held = null;
        unsure = null;
        LOG.info("another event stage has gone on: this one keeps its progress no longer");
        return false;
      }
    }
    return false;
  }

  private boolean replaced(long[] next) {
    try {
      return map.replace(KEY, held, next);
    } catch (RuntimeException e) { // of Hazelcast or of the member asked: either way not known
      LOG.info("the progress of the event stage may not be kept: looking again", e);
      return false;
    }
  }

  @Override
  public CompletionStage<Void> close(Point point) {
    return move(entry(point.nextNumber(), point));
  }

  private static long[] entry(long number, Point point) {
    long[] entry = new long[FIXED + 2 * point.taken().size()];
    entry[0] = number;
    entry[1] = point.publishedNanos();
    int at = FIXED;
    for (Taken taken : point.taken()) {
      entry[at++] = taken.term();
      entry[at++] = taken.sequence();
    }
    return entry;
  }

  private static Point point(long[] entry) {
    List<Taken> taken = new ArrayList<>();
    for (int at = FIXED; at + 1 < entry.length; at += 2) {
      taken.add(new Taken(entry[at], entry[at + 1]));
    }
    return new Point(entry[0], entry[1], taken);
  }
}
