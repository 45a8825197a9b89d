package io.callscope.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Walks over long tables in turns of some milliseconds, so that messages pass in between. Walks at
 * the same time take turns with each other; a list that nobody waits for any longer ends. One
 * thread.
 */
public final class Turns {
  /** Lists at a time. */
  static final int MOST_LISTS = 16;

  private static final long TURN_NANOS = 5_000_000;

  /** Entries between two looks at the clock. */
  private static final int SLICE = 256;

  /** The same where a regular expression may look long at each. */
  private static final int COSTLY_SLICE = 4;

  private final Executor nextTurn;
  private final LongSupplier clock;
  private final Watch watch;

  /** Those that have had a turn and need more; each says whether it is over. */
  private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();

  private boolean scheduled;
  private int lists;

  /** Is told how walks go. */
  public interface Watch {
    /** A turn took so many ns, answer included: so long did all else wait. */
    void took(long nanos);

    /** A list was refused, since there were enough at the time. */
    default void refused() {}

    /** A list ended early, since nobody waits for it any longer. */
    default void abandoned() {}
  }

  /** What is done to each entry of a table. */
  public interface Walk {
    /** Goes on by at most so many entries; true at the end. */
    boolean step(int most);

    /** What came of it. */
    Map<String, Object> answer();
  }

  /**
   * @param nextTurn runs a task on the thread of the table, after what else it has to do
   * @param clock monotonic ns
   */
  public Turns(Executor nextTurn, LongSupplier clock, Watch watch) {
    this.nextTurn = nextTurn;
    this.clock = clock;
    this.watch = watch;
  }

  /**
   * Walks to the end and answers with the list, the number that match and the number there are.
   *
   * @param name of the list in the answer
   * @param costly a filter of the scan is a regular expression
   */
  public void run(Scan<?> scan, String name, boolean costly, Reply reply) {
    if (lists >= MOST_LISTS) {
      watch.refused();
      reply.putOff(lists + " lists are being made: ask again later");
      return;
    }
    lists++;
    long asked = clock.getAsLong();
    begin(
        () -> {
          boolean over = true;
          try {
            over = turn(scan, name, costly, asked, reply);
          } finally {
            lists -= over ? 1 : 0;
          }
          return over;
        });
  }

  private boolean turn(Scan<?> scan, String name, boolean costly, long asked, Reply reply) {
    boolean done;
    try {
      done = turn(scan::step, costly ? COSTLY_SLICE : SLICE);
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
      return true;
    }
    if (done) {
      reply.answer(answer(scan, name));
      return true;
    }
    if (clock.getAsLong() - asked < scan.waitNanos()) {
      return false;
    }
    watch.abandoned();
    reply.putOff("the list takes too long");
    return true;
  }

  private static Map<String, Object> answer(Scan<?> scan, String name) {
    Map<String, Object> answer = new LinkedHashMap<>();
    scan.put(answer, name);
    answer.put("matches", scan.matches());
    answer.put("entries", scan.entries());
    return answer;
  }

  private boolean turn(IntPredicate step, int slice) {
    long start = clock.getAsLong();
    boolean done;
    do {
      done = step.test(slice);
    } while (!done && clock.getAsLong() - start < TURN_NANOS);
    return done;
  }

  /** Walks to the end, however long it takes, and answers with what came of it. */
  public void run(Walk walk, Reply reply) {
    begin(
        () -> {
          boolean over = turn(walk::step, SLICE);
          if (over) {
            reply.answer(walk.answer());
          }
          return over;
        });
  }

  private void begin(BooleanSupplier walk) {
    take(walk);
    schedule();
  }

  private void take(BooleanSupplier walk) {
    long start = clock.getAsLong();
    if (!walk.getAsBoolean()) {
      waiting.add(walk);
    }
    watch.took(clock.getAsLong() - start);
  }

  /** One turn at a time, whoever's it is: with each of its own, messages would wait for all. */
  private void schedule() {
    if (!scheduled && !waiting.isEmpty()) {
      scheduled = true;
      nextTurn.execute(this::next);
    }
  }

  private void next() {
    scheduled = false;
    try {
      take(waiting.remove());
    } finally {
      schedule();
    }
  }
}
