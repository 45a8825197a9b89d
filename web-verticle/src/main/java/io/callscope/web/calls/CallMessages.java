package io.callscope.web.calls;

import io.callscope.bus.CallEvent;
import io.callscope.net.Ends;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.ladder.LadderMessage;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The messages that the partitions' rings have of some Call-IDs, in order of their time. REGISTERs
 * may be in another partition than the rest of a Call-ID.
 *
 * @param ring a partition that answered keeps messages
 * @param sinceNanos the rings may have lost messages captured before; never if they have lost none
 */
record CallMessages(List<JsonObject> messages, boolean ring, boolean complete, long sinceNanos) {
  private static final Comparator<JsonObject> BY_TIME =
      Comparator.comparing((JsonObject message) -> time(message))
          .thenComparing(message -> Times.read(message.getString("arrival", "")));

  private static long time(JsonObject message) {
    return Times.read(message.getString("time", ""));
  }

  static CallMessages of(List<TrackerQueries.Part> parts) {
    List<JsonObject> messages = new ArrayList<>();
    boolean ring = false;
    boolean complete = true;
    long since = CallEvent.NEVER;
    for (TrackerQueries.Part part : parts) {
      JsonArray found = part.body().getJsonArray("messages", new JsonArray());
      found.forEach(message -> messages.add((JsonObject) message));
      ring |= part.body().getBoolean("ring", false);
      complete &= found.isEmpty() || part.body().getBoolean("complete", false);
      since = Math.max(since, Times.read(part.body().getString("since", "")));
    }
    messages.sort(BY_TIME);
    return new CallMessages(messages, ring, complete, since);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** What a reader has to know about what is not there; empty if there is nothing to say. */
  String note() {
    if (!ring) {
      return "Messages are not kept: -trace_mem is 0.";
    }
    if (messages.isEmpty()) {
      return "No message of this Call-ID is kept any more; -trace_mem keeps more.";
    }
    if (!complete) {
      return "Older messages of this Call-ID are not kept any more; -trace_mem keeps more.";
    }
    return sinceNanos == CallEvent.NEVER
        ? ""
        : "All messages since " + Times.moment(sinceNanos) + " are kept.";
  }

  /** The messages for a diagram. */
  List<LadderMessage> seen() {
    return messages.stream().map(CallMessages::seen).toList();
  }

  private static LadderMessage seen(JsonObject message) {
    return new LadderMessage(
        time(message),
        Shown.plain(message.getString("transport", "")),
        end(message, "source"),
        end(message, "destination"),
        bytes(message));
  }

  private static LadderMessage.End end(JsonObject message, String side) {
    return new LadderMessage.End(message.getString(side, ""), message.getInteger(side + "Port", 0));
  }

  private static byte[] bytes(JsonObject message) {
    String coded = message.getString("base64", "");
    return coded.isEmpty()
        ? message.getString("text", "").getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(coded);
  }

  /** One line a message, its own lines indented below. */
  void append(StringBuilder text) {
    for (LadderMessage message : seen()) {
      text.append(Times.moment(message.timeNanos()))
          .append(' ')
          .append(message.transport())
          .append(' ')
          .append(shown(message.source()))
          .append(" -> ")
          .append(shown(message.destination()))
          .append('\n');
      Shown.lines(new String(message.bytes(), StandardCharsets.UTF_8))
          .lines()
          .forEach(line -> text.append('\t').append(line).append('\n'));
    }
    if (!note().isEmpty()) {
      text.append(note()).append('\n');
    }
  }

  private static String shown(LadderMessage.End end) {
    return Ends.of(Shown.plain(end.ip()), end.port());
  }

  JsonObject json() {
    JsonArray list = new JsonArray();
    messages.forEach(list::add);
    return new JsonObject().put("kept", ring).put("complete", complete).put("list", list);
  }
}
