package io.callscope.web.ipfix;

import io.callscope.config.DurationText;
import io.callscope.net.Ends;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A connection of an SBC on a page and in the plain list. */
record ConnectionView(
    String id,
    String sbc,
    String href,
    String remote,
    String local,
    String since,
    String lastIo,
    String ended,
    String endReason,
    long messages,
    long sip,
    long quality,
    long missing,
    long errors,
    String lastError,
    String clock,
    String handshake) {

  /** What clocks kept by NTP, and a busy network, make is less. */
  private static final long CLOCK_MILLIS = 2000;

  static ConnectionView of(JsonObject c) {
    return new ConnectionView(
        Shown.plain(c.getString("collector", "") + " " + c.getValue("id", "")),
        Shown.brief(c.getString("sbc", "")),
        Links.sbc(c.getString("sbc", "")),
        end(c, "remote"),
        end(c, "local"),
        moment(c, "since"),
        moment(c, "lastIo"),
        moment(c, "ended"),
        Shown.brief(c.getString("endReason", "")),
        c.getLong("messages", 0L),
        c.getLong("sip", 0L),
        c.getLong("quality", 0L),
        c.getLong("sequenceMissing", 0L),
        c.getLong("errors", 0L),
        Shown.brief(c.getString("lastError", "")),
        clock(c),
        handshake(c));
  }

  /** How wrong its clock was at its last record, if it was. */
  private static String clock(JsonObject c) {
    long ahead = c.getLong("clockAheadMillis", 0L);
    if (Math.abs(ahead) <= CLOCK_MILLIS) {
      return "";
    }
    String by = DurationText.print(Duration.ofSeconds((Math.abs(ahead) + 500) / 1000));
    return by + (ahead > 0 ? " ahead" : " behind");
  }

  private static String end(JsonObject c, String side) {
    return Shown.plain(Ends.of(c.getString(side, ""), c.getInteger(side + "Port", 0)));
  }

  private static String moment(JsonObject c, String field) {
    return Times.moment(Times.read(c.getString(field, "")));
  }

  private static String handshake(JsonObject c) {
    JsonObject h = c.getJsonObject("handshake");
    if (h == null) {
      return "none";
    }
    return String.format(
        "version %s.%s flags 0x%x 0x%x 0x%x system %s keepalive %s s product 0x%x %s host %s",
        h.getValue("major", 0),
        h.getValue("minor", 0),
        h.getLong("flags", 0L),
        h.getLong("flags2", 0L),
        h.getLong("systemFlags", 0L),
        h.getValue("systemId", 0),
        h.getValue("keepAliveSeconds", 0),
        h.getLong("product", 0L),
        Shown.plain(h.getString("productVersion", "")),
        Shown.quoted(h.getString("host", "")));
  }

  /**
   * Its lines in the plain list.
   *
   * @param number in the whole list
   * @param index on this page
   * @param nowNanos the wall clock, ns since 1970
   */
  static void append(StringBuilder text, long number, int index, JsonObject c, long nowNanos) {
    text.append(number)
        .append(" [")
        .append(index)
        .append("] ")
        .append(end(c, "remote"))
        .append(" -> ")
        .append(end(c, "local"))
        .append(" id: ")
        .append(c.getValue("id", 0))
        .append(" pkts: ")
        .append(c.getLong("messages", 0L))
        .append(" sip: ")
        .append(c.getLong("sip", 0L))
        .append('\n');
    time(text, "started", c, "since", nowNanos);
    time(text, "last io", c, "lastIo", nowNanos);
    if (Times.read(c.getString("ended", "")) != 0) {
      time(text, "ended", c, "ended", nowNanos);
      text.append("\treason: ").append(Shown.plain(c.getString("endReason", ""))).append('\n');
    }
    if (c.getLong("errors", 0L) > 0) {
      text.append("\terrors: ").append(c.getLong("errors")).append(" last: ");
      text.append(Shown.plain(c.getString("lastError", ""))).append('\n');
    }
    if (!clock(c).isEmpty()) {
      text.append("\tclock: ").append(clock(c)).append('\n');
    }
    text.append("\ttimeout: ")
        .append(c.getValue("timeoutSeconds", 0))
        .append("s keepalive: ")
        .append(c.getValue("keepAliveSeconds", 0))
        .append("s\n\thandshake: ")
        .append(c.getValue("handshakes", 0));
    if (c.getJsonObject("handshake") != null) {
      text.append(' ').append(handshake(c));
    }
    text.append('\n');
  }

  private static void time(
      StringBuilder text, String label, JsonObject c, String field, long nowNanos) {
    long then = Times.read(c.getString(field, ""));
    text.append('\t').append(label).append(": ").append(Times.moment(then));
    if (then != 0) {
      text.append(" (").append((nowNanos - then) / 1_000_000_000L).append("s)");
    }
    text.append('\n');
  }
}
