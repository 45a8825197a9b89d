package io.callscope.tracker.rate;

import io.callscope.bus.EventTime;
import io.callscope.net.IpAddress;
import io.callscope.query.Listing;
import io.callscope.query.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the table of rates for pages, at one moment of the events' clock. */
public final class RateQuery {
  private static final double NANOS_PER_MILLI = 1e6;

  private final RateTable table;
  private final RateCounters counters;
  private final RateSettings settings;
  private final long nowNanos;

  RateQuery(RateTable table, RateCounters counters, RateSettings settings, long nowNanos) {
    this.table = table;
    this.counters = counters;
    this.settings = settings;
    this.nowNanos = nowNanos;
  }

  /** A walk over the entries that the filter lets through, oldest first. */
  public RateScan rates(RateFilter filter, Listing listing) {
    return new RateScan(table, filter, this, listing);
  }

  /** Figures of the table. */
  public Map<String, Object> figures() {
    return table.figures(settings.maxEntries(), counters.failures());
  }

  /** The rate of an interval now, 0 if the interval is off. */
  double rate(RateEntry entry, int slot) {
    long interval = settings.intervalNanos().get(slot);
    return interval == 0 ? 0 : entry.currentRate(slot, interval, nowNanos);
  }

  /** What a list is sorted by, by its name. */
  Order<RateEntry, ?> order(String sort) {
    return switch (sort) {
      case "" -> Order.number(entry -> entry.createdNanos);
      case "type" -> Order.name(entry -> entry.type.text());
      case "ip" -> Order.address(entry -> entry.high, entry -> entry.low);
      case "total" -> Order.number(entry -> entry.total);
      case "exceeded" -> Order.number(entry -> entry.exceeded ? 1 : 0);
      case "changed" -> Order.number(entry -> entry.changedNanos);
      case "rate0" -> Order.decimal(entry -> rate(entry, 0));
      case "rate1" -> Order.decimal(entry -> rate(entry, 1));
      case "rate2" -> Order.decimal(entry -> rate(entry, 2));
      default -> throw new IllegalArgumentException("no such order: " + sort);
    };
  }

  Map<String, Object> view(RateEntry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(entry.id));
    view.put("type", entry.type.text());
    view.put("ip", IpAddress.text(entry.high, entry.low));
    view.put("total", entry.total);
    view.put("exceeded", entry.exceeded);
    view.put("slot", (int) entry.slot);
    view.put("exceededRun", entry.exceeded ? entry.run : 0);
    view.put("okRun", entry.exceeded ? 0 : entry.run);
    view.put("created", EventTime.text(entry.createdNanos));
    view.put("changed", EventTime.text(entry.changedNanos));
    EventTime.put(view, "lastExceeded", entry.lastExceededNanos);
    EventTime.put(view, "lastOk", entry.lastOkNanos);
    List<Map<String, Object>> rates = new ArrayList<>();
    for (int slot = 0; slot < RateSettings.SLOTS; slot++) {
      rates.add(rateView(entry, slot));
    }
    view.put("rates", rates);
    return view;
  }

  private Map<String, Object> rateView(RateEntry entry, int slot) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("current", rate(entry, slot));
    view.put("closed", entry.closedRate(slot));
    view.put("limit", settings.limits().get(slot));
    view.put("intervalMillis", settings.intervalNanos().get(slot) / NANOS_PER_MILLI);
    view.put("windowMillis", (nowNanos - entry.windowStartNanos(slot)) / NANOS_PER_MILLI);
    return view;
  }
}
