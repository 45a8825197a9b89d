package io.callscope.web.dump;

import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries.Gathered;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Asks the dump for the files of calls. */
public final class DumpQueries {
  static final int PIECE_BYTES = 1 << 20;

  private final Questions dump;

  public DumpQueries(Questions dump) {
    this.dump = dump;
  }

  /** The file of a call; none if nothing is dumped or the dump is silent. Never fails. */
  public Future<DumpedCall> file(String callId) {
    return ask(callId, "file", 0)
        .map(
            gathered ->
                new DumpedCall(
                    callId,
                    gathered.parts().isEmpty()
                        ? new JsonObject()
                        : gathered.parts().get(0).body()));
  }

  /** A piece of it. Never fails. */
  Future<Gathered> read(String callId, long offset) {
    return ask(callId, "read", offset);
  }

  private Future<Gathered> ask(String callId, String query, long offset) {
    return dump.ask(
        new JsonObject()
            .put("query", query)
            .put("callId", callId)
            .put("offset", offset)
            .put("limit", PIECE_BYTES));
  }
}
