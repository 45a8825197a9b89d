package io.callscope.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Walks over long tables in turns, so that messages pass in between. */
public final class Turns {
  /** Entries looked at in one turn: well under a millisecond. */
  private static final int TURN = 2000;

  /** The same where a regular expression may look long at each. */
  private static final int COSTLY_TURN = 50;

  private final Executor nextTurn;

  /** What is done to each entry of a table. */
  public interface Walk {
    /** Goes on by at most so many entries; true at the end. */
    boolean step(int most);

    /** What came of it. */
    Map<String, Object> answer();
  }

  /**
   * @param nextTurn runs a task later on the thread of the table
   */
  public Turns(Executor nextTurn) {
    this.nextTurn = nextTurn;
  }

  /**
   * Walks to the end and answers with the list, the number that match and the number there are.
   *
   * @param name of the list in the answer
   * @param costly a filter of the scan is a regular expression
   */
  public void run(Scan<?> scan, String name, boolean costly, Reply reply) {
    boolean done;
    try {
      done = scan.step(costly ? COSTLY_TURN : TURN);
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

  /** Walks to the end and answers with what came of it. */
  public void run(Walk walk, Reply reply) {
    if (walk.step(TURN)) {
      reply.answer(walk.answer());
    } else {
      nextTurn.execute(() -> run(walk, reply));
    }
  }
}
