package io.callscope.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Walks over long tables in turns of some milliseconds, so that messages pass in between. */
public final class Turns {
  private static final long TURN_NANOS = 5_000_000;

  /** Entries between two looks at the clock. */
  private static final int SLICE = 256;

  /** The same where a regular expression may look long at each. */
  private static final int COSTLY_SLICE = 4;

  private final Executor nextTurn;
  private final LongSupplier clock;
  private final LongConsumer took;

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
   * @param took told how many ns each turn was, answer included: so long did all else wait
   */
  public Turns(Executor nextTurn, LongSupplier clock, LongConsumer took) {
    this.nextTurn = nextTurn;
    this.clock = clock;
    this.took = took;
  }

  /**
   * Walks to the end and answers with the list, the number that match and the number there are.
   *
   * @param name of the list in the answer
   * @param costly a filter of the scan is a regular expression
   */
  public void run(Scan<?> scan, String name, boolean costly, Reply reply) {
    long start = clock.getAsLong();
    turn(scan, name, costly, reply);
    took.accept(clock.getAsLong() - start);
  }

  private void turn(Scan<?> scan, String name, boolean costly, Reply reply) {
    boolean done;
    try {
      done = turn(scan::step, costly ? COSTLY_SLICE : SLICE);
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
      return;
    }
    if (!done) {
      nextTurn.execute(() -> run(scan, name, costly, reply));
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    scan.put(answer, name);
    answer.put("matches", scan.matches());
    answer.put("entries", scan.entries());
    reply.answer(answer);
  }

  private boolean turn(IntPredicate step, int slice) {
    long start = clock.getAsLong();
    boolean done;
    do {
      done = step.test(slice);
    } while (!done && clock.getAsLong() - start < TURN_NANOS);
    return done;
  }

  /** Walks to the end and answers with what came of it. */
  public void run(Walk walk, Reply reply) {
    long start = clock.getAsLong();
    if (turn(walk::step, SLICE)) {
      reply.answer(walk.answer());
    } else {
      nextTurn.execute(() -> run(walk, reply));
    }
    took.accept(clock.getAsLong() - start);
  }
}
