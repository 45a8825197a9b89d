package io.callscope.tracker.stage;

import io.callscope.query.Fields;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import java.util.List;
import java.util.Map;

/** Changes of {@code docs/bus.md} to the event stage at run time, on its thread. */
public final class StageControls {
  private static final long MAX_ENTRIES = 1L << 40;
  private static final int MAX_WALKED = 1_000_000;

  private final EventStage stage;
  private final RateLimiter limiter;

  public StageControls(EventStage stage, RateLimiter limiter) {
    this.stage = stage;
    this.limiter = limiter;
  }

  /**
   * Makes a change; fields that are not given stay as they are.
   *
   * @return what holds now, or what came of it
   * @throws IllegalArgumentException if it is unknown or a value is out of range; nothing is
   *     changed then
   */
  public Map<String, Object> apply(Map<String, Object> asked) {
    Fields change = new Fields(asked);
    return switch (change.text("change")) {
      case "rates" -> rates(change);
      case "collection" -> collection(change);
      case "pressure" -> pressure(change);
      case "force_gc" -> limiter.forceCollection(change.number("target", 1, MAX_ENTRIES));
      case "event_types" -> eventTypes(change);
      default -> throw new IllegalArgumentException("no such change: " + change.text("change"));
    };
  }

  private Map<String, Object> rates(Fields change) {
    RateSettings now = limiter.settings();
    List<Double> limits = change.has("limits") ? change.decimals("limits") : now.limits();
    List<Long> intervals =
        change.has("intervalsMillis")
            ? StageSettings.nanos(change, "intervalsMillis")
            : now.intervalNanos();
    long max = change.number("maxEntries", now.maxEntries(), MAX_ENTRIES);
    RateSettings settings =
        new RateSettings(
            limits,
            intervals,
            change.number("reportMin", now.reportMin(), Integer.MAX_VALUE),
            change.number("reportMax", now.reportMax(), Integer.MAX_VALUE),
            max,
            scaled(now.gc(), now.maxEntries(), max));
    limiter.configure(settings);
    return StageSettings.rates(settings);
  }

  /** What the collections aim at stays the same share of the table. */
  private static GcSettings scaled(GcSettings gc, long from, long to) {
    if (from == to || to == 0) {
      return gc;
    }
    return gc.with(from == 0 ? GcSettings.defaults(to).pressure() : gc.pressure().scaled(from, to));
  }

  private Map<String, Object> collection(Fields change) {
    GcSettings.Periodic now = limiter.settings().gc().periodic();
    GcSettings.Periodic gc =
        new GcSettings.Periodic(
            StageSettings.nanos(change, "intervalMillis", now.intervalNanos()),
            StageSettings.nanos(change, "oldAgeMillis", now.oldAgeNanos()),
            change.number("target", now.target(), MAX_ENTRIES),
            maxWalked(change, now.maxWalked()));
    configure(limiter.settings().gc().with(gc));
    return StageSettings.collection(gc);
  }

  private Map<String, Object> pressure(Fields change) {
    GcSettings.Pressure now = limiter.settings().gc().pressure();
    GcSettings.Pressure gc =
        new GcSettings.Pressure(
            change.number("lightTrigger", now.lightTrigger(), MAX_ENTRIES),
            change.number("lightTarget", now.lightTarget(), MAX_ENTRIES),
            StageSettings.nanos(change, "lightAgeMillis", now.lightAgeNanos()),
            change.number("hardTarget", now.hardTarget(), MAX_ENTRIES),
            StageSettings.criteria(change, now.hardCriteria()),
            maxWalked(change, now.maxWalked()));
    configure(limiter.settings().gc().with(gc));
    return StageSettings.pressure(gc);
  }

  private static int maxWalked(Fields change, int otherwise) {
    return (int) Math.max(1, change.number("maxWalked", otherwise, MAX_WALKED));
  }

  private void configure(GcSettings gc) {
    limiter.configure(limiter.settings().with(gc));
  }

  private Map<String, Object> eventTypes(Fields change) {
    int types = change.flag("reset", false) ? 0 : stage.droppedTypes();
    types |= bits(change, "drop");
    types &= ~bits(change, "keep");
    stage.dropTypes(types);
    return Map.of("dropped", StageSettings.types(types));
  }

  private static int bits(Fields change, String name) {
    int bits = 0;
    for (Object type : change.list(name)) {
      bits |= StageSettings.type(String.valueOf(type)).bit();
    }
    return bits;
  }
}
