package io.callscope.web.rates;

import io.callscope.web.view.Badge;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rate entry on a page and in the plain list. */
record RateView(
    long number,
    Badge type,
    String ip,
    long total,
    boolean exceeded,
    String run,
    String created,
    String changed,
    String lastExceeded,
    String lastOk,
    List<Slot> slots,
    String events,
    String connections) {

  /** One interval of it. */
  record Slot(String current, String limit, String interval, boolean over, boolean chosen) {}

  /**
   * @param collects whether SBCs can be connected, so that the address may be one's
   */
  static RateView of(long number, JsonObject rate, int chosen, boolean collects) {
    boolean exceeded = rate.getBoolean("exceeded", false);
    List<Slot> slots = new ArrayList<>();
    JsonArray rates = rate.getJsonArray("rates", new JsonArray());
    for (int i = 0; i < rates.size(); i++) {
      JsonObject one = rates.getJsonObject(i);
      slots.add(
          new Slot(
              decimal(one, "current"),
              decimal(one, "limit"),
              RateViews.duration(one.getValue("intervalMillis", 0)),
              exceeded && rate.getInteger("slot", -1) == i,
              chosen == i));
    }
    String type = rate.getString("type", "");
    String ip = Shown.plain(rate.getString("ip", ""));
    return new RateView(
        number,
        new Badge(Shown.plain(type), exceeded ? "bad" : "idle"),
        ip,
        rate.getLong("total", 0L),
        exceeded,
        exceeded
            ? rate.getLong("exceededRun", 0L) + " over the limit"
            : rate.getLong("okRun", 0L) + " accepted",
        moment(rate, "created"),
        moment(rate, "changed"),
        moment(rate, "lastExceeded"),
        moment(rate, "lastOk"),
        slots,
        "/events?name=" + Links.encoded(type) + "&src=" + Links.encoded(ip),
        collects ? Links.sbc(ip) : "");
  }

  private static String decimal(JsonObject json, String field) {
    return String.format(Locale.ROOT, "%.2f", json.getDouble(field, 0.0));
  }

  private static String moment(JsonObject rate, String field) {
    return Times.moment(Times.read(rate.getString(field, "")));
  }

  /**
   * Its lines in the plain list.
   *
   * @param nowNanos what ages are counted to
   */
  static void append(StringBuilder text, long number, JsonObject rate, int chosen, long nowNanos) {
    text.append(number)
        .append(". ")
        .append(Shown.plain(rate.getString("type", "")))
        .append(':')
        .append(Shown.plain(rate.getString("ip", "")))
        .append(" N: ")
        .append(rate.getLong("total", 0L))
        .append(" v: ")
        .append(rate.getBoolean("exceeded", false))
        .append(" created: ")
        .append(moment(rate, "created"))
        .append(" (")
        .append(age(rate, "created", nowNanos))
        .append(")\n\tstate: ")
        .append(rate.getBoolean("exceeded", false))
        .append(" rate_id: ")
        .append(rate.getInteger("slot", 0))
        .append(" ex: ")
        .append(rate.getLong("exceededRun", 0L))
        .append(" ok: ")
        .append(rate.getLong("okRun", 0L))
        .append(" ExChgT: ")
        .append(age(rate, "changed", nowNanos))
        .append(" ExLastT: ")
        .append(age(rate, "lastExceeded", nowNanos))
        .append(" OkLastT: ")
        .append(age(rate, "lastOk", nowNanos))
        .append('\n');
    JsonArray rates = rate.getJsonArray("rates", new JsonArray());
    for (int i = 0; i < rates.size(); i++) {
      JsonObject one = rates.getJsonObject(i);
      boolean over = rate.getBoolean("exceeded", false) && rate.getInteger("slot", -1) == i;
      text.append("\trate")
          .append(i)
          .append(over ? "*" : chosen == i ? "!" : "")
          .append(": ")
          .append(decimal(one, "current"))
          .append(" old: ")
          .append(decimal(one, "closed"))
          .append(" intvl: ")
          .append(RateViews.duration(one.getValue("intervalMillis", 0)))
          .append(" used: ")
          .append(RateViews.duration(one.getValue("windowMillis", 0)))
          .append('\n');
    }
  }

  private static String age(JsonObject rate, String field, long nowNanos) {
    long then = Times.read(rate.getString(field, ""));
    return then == 0 || nowNanos == 0 ? "-" : Times.duration(nowNanos - then);
  }
}
