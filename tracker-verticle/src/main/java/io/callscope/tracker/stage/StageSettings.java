package io.callscope.tracker.stage;

import io.callscope.bus.EventType;
import io.callscope.query.Fields;
import io.callscope.tracker.rate.Criterion;
import io.callscope.tracker.rate.Criterion.Age;
import io.callscope.tracker.rate.Criterion.Comparison;
import io.callscope.tracker.rate.Criterion.State;
import io.callscope.tracker.rate.Criterion.Time;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the event stage as queries show them and controls name them. */
final class StageSettings {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The longest time that fits in nanoseconds. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

  private static final Map<String, Time> TIMES =
      Map.of(
          "created", Time.CREATED,
          "changed", Time.CHANGED,
          "lastExceeded", Time.LAST_EXCEEDED,
          "lastOk", Time.LAST_OK);

  private static final int MAX_CRITERIA = 10;

  private StageSettings() {}

  static Map<String, Object> view(RateSettings settings, EventStage stage) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("rates", rates(settings));
    view.put("collection", collection(settings.gc().periodic()));
    view.put("pressure", pressure(settings.gc().pressure()));
    view.put("dropped", types(stage.droppedTypes()));
    return view;
  }

  static Map<String, Object> rates(RateSettings settings) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("limits", settings.limits());
    view.put(
        "intervalsMillis",
        settings.intervalNanos().stream().map(nanos -> nanos / NANOS_PER_MILLI).toList());
    view.put("reportMin", settings.reportMin());
    view.put("reportMax", settings.reportMax());
    view.put("maxEntries", settings.maxEntries());
    return view;
  }

  static Map<String, Object> collection(GcSettings.Periodic gc) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("intervalMillis", gc.intervalNanos() / NANOS_PER_MILLI);
    view.put("oldAgeMillis", gc.oldAgeNanos() / NANOS_PER_MILLI);
    view.put("target", gc.target());
    view.put("maxWalked", gc.maxWalked());
    return view;
  }

  static Map<String, Object> pressure(GcSettings.Pressure gc) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("lightTrigger", gc.lightTrigger());
    view.put("lightTarget", gc.lightTarget());
    view.put("lightAgeMillis", gc.lightAgeNanos() / NANOS_PER_MILLI);
    view.put("hardTarget", gc.hardTarget());
    view.put("maxWalked", gc.maxWalked());
    view.put("criteria", gc.hardCriteria().stream().map(StageSettings::view).toList());
    return view;
  }

  private static Map<String, Object> view(Criterion criterion) {
    Map<String, Object> view = new LinkedHashMap<>();
    if (criterion.state() != State.ANY) {
      view.put("exceeded", criterion.state() == State.EXCEEDED);
    }
    view.put("ages", criterion.ages().stream().map(StageSettings::view).toList());
    return view;
  }

  private static Map<String, Object> view(Age age) {
    Map<String, Object> view = new LinkedHashMap<>();
    TIMES.forEach(
        (name, time) -> {
          if (time == age.time()) {
            view.put("time", name);
          }
        });
    view.put("comparison", age.comparison().sign());
    view.put("millis", age.nanos() / NANOS_PER_MILLI);
    return view;
  }

  static List<String> types(int bits) {
    List<String> names = new ArrayList<>();
    for (EventType type : EventType.values()) {
      if ((bits & type.bit()) != 0) {
        names.add(type.text());
      }
    }
    return names;
  }

  static EventType type(String name) {
    EventType type = EventType.named(name);
    if (type == null || type == EventType.EMPTY || type == EventType.INVALID) {
      throw new IllegalArgumentException("no such event type: " + name);
    }
    return type;
  }

  static Comparison comparison(String sign) {
    for (Comparison comparison : Comparison.values()) {
      if (comparison.sign().equals(sign)) {
        return comparison;
      }
    }
    throw new IllegalArgumentException("no such comparison: " + sign);
  }

  /** A time in a field, in ns; {@code otherwise} if there is none. */
  static long nanos(Fields fields, String name, long otherwise) {
    return fields.has(name) ? fields.number(name, 0, MAX_MILLIS) * NANOS_PER_MILLI : otherwise;
  }

  /** Intervals in ms as ns. */
  static List<Long> nanos(Fields fields, String name) {
    return fields.numbers(name, MAX_MILLIS).stream()
        .map(millis -> millis * NANOS_PER_MILLI)
        .toList();
  }

  /** The criteria of a field, or {@code otherwise} if there is none. */
  static List<Criterion> criteria(Fields fields, List<Criterion> otherwise) {
    if (!fields.has("criteria")) {
      return otherwise;
    }
    List<Criterion> criteria =
        fields.objects("criteria").stream().map(StageSettings::criterion).toList();
    if (criteria.size() > MAX_CRITERIA) {
      throw new IllegalArgumentException("at most " + MAX_CRITERIA + " criteria");
    }
    return criteria;
  }

  private static Criterion criterion(Fields fields) {
    State state =
        !fields.has("exceeded")
            ? State.ANY
            : fields.flag("exceeded", false) ? State.EXCEEDED : State.OK;
    List<Age> ages = fields.objects("ages").stream().map(StageSettings::age).toList();
    if (state == State.ANY && ages.isEmpty()) {
      throw new IllegalArgumentException("a criterion without a condition would remove everything");
    }
    return new Criterion(state, ages);
  }

  private static Age age(Fields fields) {
    Time time = TIMES.get(fields.text("time"));
    if (time == null) {
      throw new IllegalArgumentException("no such time: " + fields.text("time"));
    }
    return new Age(time, comparison(fields.text("comparison", ">")), nanos(fields, "millis", 0));
  }
}
