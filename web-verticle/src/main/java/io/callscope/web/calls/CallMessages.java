package io.callscope.web.calls;

import io.callscope.bus.CallEvent;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.view.Ends;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The messages that the partitions' rings have of one Call-ID, in order of their time. REGISTERs
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

  /**
   * A message on a page.
   *
   * @param gap time since the one before
   */
  record View(
      String time,
      String gap,
      String source,
      String destination,
      String transport,
      String firstLine,
      String style,
      String text) {}

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

  List<View> views() {
    List<View> views = new ArrayList<>();
    long before = 0;
    for (JsonObject message : messages) {
      String firstLine = firstLine(message);
      views.add(
          new View(
              Times.moment(time(message)),
              before == 0 ? "" : "+" + Times.duration(Math.max(0, time(message) - before)),
              end(message, "source"),
              end(message, "destination"),
              Shown.plain(message.getString("transport", "")),
              Shown.brief(firstLine),
              style(message, firstLine),
              Shown.lines(message.getString("text", ""))));
      before = time(message);
    }
    return views;
  }

  private static String end(JsonObject message, String side) {
    return Ends.of(Shown.plain(message.getString(side, "")), message.getInteger(side + "Port", 0));
  }

  private static String firstLine(JsonObject message) {
    String text = message.getString("text", "");
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private static String style(JsonObject message, String firstLine) {
    if (!message.getBoolean("parsed", true)) {
      return "bad";
    }
    boolean reply = firstLine.startsWith("SIP/2.0 ") && firstLine.length() > 8;
    return reply ? MessageTrace.style(firstLine.charAt(8)) : "plain";
  }

  /** One line a message, its own lines indented below. */
  void append(StringBuilder text) {
    for (View view : views()) {
      text.append(view.time())
          .append(' ')
          .append(view.transport())
          .append(' ')
          .append(view.source())
          .append(" -> ")
          .append(view.destination())
          .append('\n');
      view.text().lines().forEach(line -> text.append('\t').append(line).append('\n'));
    }
    if (!note().isEmpty()) {
      text.append(note()).append('\n');
    }
  }

  JsonObject json() {
    JsonArray list = new JsonArray();
    messages.forEach(list::add);
    return new JsonObject().put("kept", ring).put("complete", complete).put("list", list);
  }
}
