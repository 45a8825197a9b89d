package io.callscope.web.figures;

import io.callscope.bus.EventType;
import io.callscope.counters.CounterTable;
import io.callscope.web.counters.ActiveCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of the last quarter of an hour, one sample a second; what is not known is NaN. One
 * thread.
 */
public final class History {
  static final int MOST = 900;

  /** Figures that are rates, with the counters they come from. */
  private static final Map<String, String> RATES = new LinkedHashMap<>();

  static {
    RATES.put("packets", "pkt_stats.total_packets");
    RATES.put("requests", "pkt_stats.sip_reqs");
    for (int c = 1; c <= 6; c++) {
      RATES.put("replies" + c, "pkt_stats.sip_" + c + "XX");
    }
  }

  private final long[] times = new long[MOST];
  private final Map<String, double[]> series = new LinkedHashMap<>();
  private final Map<String, Long> totals = new LinkedHashMap<>();
  private long taken;
  private long lastNanos;

  /** Keys of all figures. */
  public static List<String> keys() {
    List<String> keys = new ArrayList<>(RATES.keySet());
    keys.addAll(List.of("calls", "entries", "bindings", "asr", "pdd50", "pdd95", "pdd99"));
    for (EventType type : EventType.values()) {
      keys.add(eventKey(type));
    }
    return keys;
  }

  static String eventKey(EventType type) {
    return "events." + type.text();
  }

  public History() {
    keys().forEach(key -> series.put(key, new double[MOST]));
  }

  /**
   * Takes a sample.
   *
   * @param nanos monotonic clock, for the rates
   */
  public void sample(long timeMillis, long nanos, CounterTable counters, Figures events) {
    int slot = (int) (taken % MOST);
    double seconds = taken == 0 ? Double.NaN : (nanos - lastNanos) / 1e9;
    times[slot] = timeMillis;
    RATES.forEach((key, counter) -> put(slot, key, rate(key, counters.value(counter), seconds)));
    boolean known = ActiveCalls.isKnown(counters);
    put(slot, "calls", known ? (double) ActiveCalls.in(counters) : Double.NaN);
    put(slot, "entries", known(counters, "calls.active"));
    put(slot, "bindings", known(counters, "regs.active"));
    put(slot, "asr", orNaN(events.answerSeizureRatio()));
    put(slot, "pdd50", orNaN((double) events.pdd50()));
    put(slot, "pdd95", orNaN((double) events.pdd95()));
    put(slot, "pdd99", orNaN((double) events.pdd99()));
    for (EventType type : EventType.values()) {
      String key = eventKey(type);
      put(slot, key, rate(key, events.byType()[type.ordinal()], seconds));
    }
    lastNanos = nanos;
    taken++;
  }

  private void put(int slot, String key, double value) {
    series.get(key)[slot] = value;
  }

  /** A total that shrank means that its service began anew. */
  private double rate(String key, long total, double seconds) {
    Long before = totals.put(key, total);
    return before == null || total < before ? Double.NaN : (double) (total - before) / seconds;
  }

  private static double known(CounterTable counters, String name) {
    return counters.find(name) == null ? Double.NaN : (double) counters.value(name);
  }

  private static double orNaN(double value) {
    return value < 0 ? Double.NaN : value;
  }

  /** How many samples there are. */
  int size() {
    return (int) Math.min(taken, MOST);
  }

  private int slot(int index) {
    return (int) ((taken - size() + index) % MOST);
  }

  /** Time of a sample, ms since 1970; the oldest has index 0. */
  long time(int index) {
    return times[slot(index)];
  }

  double value(String key, int index) {
    return series.get(key)[slot(index)];
  }

  /** The newest value, NaN if it is not known. */
  public double newest(String key) {
    return taken == 0 ? Double.NaN : value(key, size() - 1);
  }
}
