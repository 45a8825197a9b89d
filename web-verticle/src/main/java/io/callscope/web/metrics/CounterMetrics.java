package io.callscope.web.metrics;

import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.callscope.web.view.Shown;
import java.util.Locale;

/**
 * Counters under the names that Prometheus wants: {@code pkt_stats.sip_INVITE} is {@code
 * callscope_pkt_stats_sip_invite_total}. Where a group has a counter for each of many like things,
 * those become the values of a label.
 */
final class CounterMetrics {
  private static final String EVENT_TYPES = "ev_ring0.evtype";
  private static final String INPUTS = "pcap.";

  private CounterMetrics() {}

  static void add(Exposition out, CounterTable counters) {
    for (String group : counters.groups()) {
      for (CounterTable.Row row : counters.rows(group)) {
        add(out, row);
      }
    }
  }

  private static void add(Exposition out, CounterTable.Row row) {
    if (row.group().equals(EVENT_TYPES)) {
      String help = "events published, by type";
      add(out, row, "callscope_events", help, "type", row.name());
    } else if (row.group().startsWith(INPUTS)) {
      String input = Shown.plain(row.group().substring(INPUTS.length()));
      add(out, row, "callscope_input_" + plain(row.name()), row.description(), "input", input);
    } else {
      String name = "callscope_" + plain(row.group()) + "_" + plain(row.name());
      add(out, row, name, row.description());
    }
  }

  private static void add(
      Exposition out, CounterTable.Row row, String name, String help, String... labels) {
    if (row.kind() == CounterKind.COUNTER) {
      out.add(name + "_total", Exposition.Type.COUNTER, help, unsigned(row.value()), labels);
      return;
    }
    if (row.kind() != CounterKind.MAX_ONLY) {
      out.add(name, Exposition.Type.GAUGE, help, unsigned(row.value()), labels);
    }
    if (row.kind().keepsMax()) {
      out.add(name + "_max", Exposition.Type.GAUGE, "largest: " + help, (double) row.max(), labels);
    }
    if (row.kind().keepsMin()) {
      out.add(
          name + "_min", Exposition.Type.GAUGE, "smallest: " + help, (double) row.min(), labels);
    }
  }

  private static double unsigned(long value) {
    return value >= 0 ? (double) value : (double) value + 0x1p64;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
  }
}
