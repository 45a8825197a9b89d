package io.callscope.web.calls;

import io.callscope.web.gather.TrackerQueries;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Asks the trackers for what they have of a Call-ID. Event loop. */
public final class CallQueries {
  private static final int MOST_MESSAGES = 10_000;

  private final TrackerQueries trackers;
  private final WorkerExecutor workers;

  /**
   * @param workers who put many messages in order
   */
  public CallQueries(TrackerQueries trackers, WorkerExecutor workers) {
    this.trackers = trackers;
    this.workers = workers;
  }

  Future<TrackerQueries.Gathered> calls(String callId) {
    return trackers.ask(new JsonObject().put("query", "call").put("callId", callId));
  }

  /** The messages of all these Call-IDs together. */
  Future<CallMessages> messages(List<String> callIds) {
    List<Future<TrackerQueries.Gathered>> answers = new ArrayList<>();
    for (String callId : callIds) {
      answers.add(
          trackers.ask(
              new JsonObject()
                  .put("query", "messages")
                  .put("callId", callId)
                  .put("limit", MOST_MESSAGES)));
    }
    return Future.all(answers)
        .compose(
            done -> {
              List<TrackerQueries.Part> parts = new ArrayList<>();
              answers.forEach(answer -> parts.addAll(answer.result().parts()));
              return workers.executeBlocking(() -> CallMessages.of(parts), false);
            });
  }
}
