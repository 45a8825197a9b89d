package io.callscope.web.cluster;

import io.callscope.counters.CounterTable;
import io.callscope.web.counters.Boards;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonObject;

/**
 * How the batches of a source go, on the page of the cluster.
 *
 * @param instance the service instance that reads it
 * @param sent records sent to partitions
 * @param open of them those that are not acknowledged yet
 * @param waits times it waited for a credit
 * @param again requests that failed and were made again
 * @param dropped records dropped, since their partition did not keep up or nobody answered
 */
record SourceRow(
    String instance,
    String state,
    String style,
    long sent,
    long open,
    long waits,
    long again,
    long dropped) {

  static SourceRow of(Boards.Instance instance, CounterTable figures) {
    long sent = figures.value("feed.records_sent");
    long givenUp = figures.value("feed.acks.records_unacknowledged");
    return new SourceRow(
        Shown.plain(instance.name()),
        instance.state(),
        instance.style(),
        sent,
        Math.max(0, sent - figures.value("feed.acks.records") - givenUp),
        figures.value("feed.credit_waits"),
        figures.value("feed.acks.failures"),
        figures.value("feed.records_overflow") + figures.value("feed.records_unsent") + givenUp);
  }

  void append(StringBuilder text) {
    text.append("source ").append(instance).append(": ").append(state);
    text.append(" sent: ").append(sent).append(" open: ").append(open);
    text.append(" credit waits: ").append(waits).append(" again: ").append(again);
    text.append(" dropped: ").append(dropped).append('\n');
  }

  JsonObject json() {
    return new JsonObject()
        .put("instance", instance)
        .put("state", state)
        .put("sent", sent)
        .put("open", open)
        .put("creditWaits", waits)
        .put("again", again)
        .put("dropped", dropped);
  }
}
