package io.callscope.tracker;

import io.callscope.query.Reply;
import io.callscope.query.Turns;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A query in a test: its turns wait until it is finished. */
public final class Question implements Reply {
  /** Entries a turn looks at: a millisecond of these tests passes with every 256. */
  public static final int TURN = 5 * 256;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private JsonObject answer;
  private long nanos;

  /** Where a query puts off its work to. */
  public Turns turns() {
    return turns(turn -> {});
  }

  /** The same, of which someone is told. */
  public Turns turns(Turns.Watch watch) {
    return new Turns(waiting::add, () -> nanos += 1_000_000, watch);
  }

  /** The fields of a query written with single quotes. */
  public static Map<String, Object> fields(String json) {
    return new JsonObject(json.replace('\'', '"')).getMap();
  }

  @Override
  public void answer(Map<String, Object> given) {
    once(new JsonObject(given));
  }

  @Override
  public void refuse(String reason) {
    once(new JsonObject().put("refused", reason));
  }

  private void once(JsonObject given) {
    if (answer != null) {
      throw new AssertionError("answered twice");
    }
    answer = given;
  }

  public boolean isAnswered() {
    return answer != null;
  }

  public int turnsLeft() {
    return waiting.size();
  }

  /** Runs all turns; the answer, or the reason as {@code refused}. */
  public JsonObject finish() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
    if (answer == null) {
      throw new AssertionError("not answered");
    }
    return answer;
  }
}
