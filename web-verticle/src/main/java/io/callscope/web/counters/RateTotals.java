package io.callscope.web.counters;

import io.callscope.counters.CounterTable;
import java.util.List;

/** The totals whose rates the dashboard shows, in its order. */
public final class RateTotals {
  public static final List<String> LABELS =
      List.of("packets", "bytes", "SIP messages", "requests", "replies", "parse errors", "events");

  private static final List<String> NAMES =
      List.of("total_packets", "total_size", "parse_ok", "sip_reqs", "sip_repls", "parse_errs");

  private RateTotals() {}

  static long[] of(CounterTable figures) {
    long[] totals = new long[LABELS.size()];
    for (int i = 0; i < NAMES.size(); i++) {
      totals[i] = figures.value("pkt_stats." + NAMES.get(i));
    }
    totals[NAMES.size()] = figures.value("ev_rate.total_events");
    return totals;
  }
}
