package io.callscope.web.about;

import io.callscope.config.DurationText;
import io.callscope.config.EffectiveSetting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options in effect: those of the start, but what was changed at run time as the services tell
 * it now.
 */
final class InEffect {
  private static final String RUN_TIME = "run time";
  private static final String CHECKS = "debug_calltr";

  private final Map<String, String> now = new LinkedHashMap<>();

  /**
   * @param tracker settings of the trackers, empty if none answered
   * @param stage settings of the event stage, empty if it did not answer
   * @param process settings of a process, empty if none answered
   */
  InEffect(JsonObject tracker, JsonObject stage, JsonObject process) {
    JsonObject regs = tracker.getJsonObject("registrations", new JsonObject());
    put("reg_exp_delta", regs.getValue("regExpDelta"));
    put("reg_del_delay", regs.getValue("regDelDelay"));
    put("contact_ignore_port", regs.getValue("contactIgnorePort"));
    Boolean checks = tracker.getBoolean("checks");
    put(CHECKS, checks == null ? null : checks ? 1 : 0);
    JsonObject rates = stage.getJsonObject("rates", new JsonObject());
    put("evr_max_entries", rates.getValue("maxEntries"));
    put("evr_conseq_report_min", rates.getValue("reportMin"));
    put("evr_conseq_report_max", rates.getValue("reportMax"));
    put("evr_limits", list(rates.getJsonArray("limits"), false));
    put("evr_intervals", list(rates.getJsonArray("intervalsMillis"), true));
    JsonObject collection = stage.getJsonObject("collection", new JsonObject());
    put("evr_gc_interval", duration(collection.getValue("intervalMillis")));
    put("evr_gc_old_age", duration(collection.getValue("oldAgeMillis")));
    put("evr_gc_target", collection.getValue("target"));
    put("event_types_blst", list(stage.getJsonArray("dropped"), false));
    JsonObject logging = process.getJsonObject("logging", new JsonObject());
    for (String name : List.of("log_level", "log_opt", "parse_log_level", "parse_log_opt")) {
      put(name, logging.getValue(name));
    }
  }

  private void put(String name, Object value) {
    if (value != null) {
      now.put(name, value.toString());
    }
  }

  private static String duration(Object millis) {
    return millis instanceof Number number
        ? DurationText.print(Duration.ofMillis(number.longValue()))
        : null;
  }

  private static String list(JsonArray values, boolean durations) {
    if (values == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(text.isEmpty() ? "" : " ").append(durations ? duration(value) : value);
    }
    return text.toString();
  }

  /** The settings with what holds now. */
  List<EffectiveSetting> of(List<EffectiveSetting> start) {
    List<EffectiveSetting> settings = new ArrayList<>();
    for (EffectiveSetting setting : start) {
      String value = now.get(setting.name());
      boolean changed = value != null && !isSame(value, setting.value());
      settings.add(changed ? new EffectiveSetting(setting.name(), value, RUN_TIME) : setting);
    }
    return settings;
  }

  /**
   * Lists and numbers may be written in more than one way: {@code [20 240]}, {@code 20.0 240.0}.
   */
  private static boolean isSame(String a, String b) {
    return plain(a).equals(plain(b));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\[\\],]", " ")
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("(\\d)\\.0(?!\\d)", "$1");
  }
}
