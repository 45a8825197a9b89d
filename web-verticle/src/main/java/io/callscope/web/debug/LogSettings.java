package io.callscope.web.debug;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /debug/options}: how much is logged, and what stands before each line. */
public final class LogSettings implements SettingsPage.Settings {
  private static final List<String> LEVELS =
      List.of("BUG", "CRIT", "ERR", "WARN", "NOTICE", "INFO", "DBG");
  private static final int LOWEST = -3;
  private static final String LEVELS_TEXT = levelsText();
  private static final List<String> OPTIONS =
      List.of("1 short source", "2 full source", "4 time", "8 short stack", "16 full stack");
  private static final int ALL_OPTIONS = 31;

  private static final String CHECKS = "debug_calltr";
  private static final List<String> NAMES =
      List.of("log_level", "parse_log_level", "log_opt", "parse_log_opt", CHECKS);

  private final Current process;
  private final Current trackers;

  public LogSettings(Current process, Current trackers) {
    this.process = process;
    this.trackers = trackers;
  }

  private static String levelsText() {
    StringBuilder text = new StringBuilder().append(LOWEST - 1).append(" nothing");
    for (int i = 0; i < LEVELS.size(); i++) {
      text.append(", ").append(LOWEST + i).append(' ').append(LEVELS.get(i));
    }
    return text.append(", ").append(LOWEST + LEVELS.size()).append(" everything").toString();
  }

  private static boolean isLevel(String name) {
    return name.endsWith("level");
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    for (String name : NAMES) {
      Long value = value(params, name);
      if (value != null) {
        change.put(name, value);
      }
    }
    return change.isEmpty() ? change : change.put("change", "logging");
  }

  private static Long value(Params params, String name) {
    if (isLevel(name)) {
      int highest = LOWEST + LEVELS.size();
      return params.integer(
          name,
          LOWEST - 1,
          highest,
          "must be a level from " + (LOWEST - 1) + " to " + highest + ": " + LEVELS_TEXT);
    }
    return name.equals(CHECKS)
        ? params.integer(name, 0, 1, "must be 1 (tracked entries are checked) or 0 (no checks)")
        : params.integer(
            name,
            0,
            ALL_OPTIONS,
            "must be from 0 to " + ALL_OPTIONS + ", the sum of " + String.join(", ", OPTIONS));
  }

  /** The checks are the trackers', the rest belongs to each process. */
  @Override
  public List<JsonObject> steps(JsonObject change) {
    JsonObject logging = change.copy();
    Object checks = logging.remove(CHECKS);
    List<JsonObject> steps = new ArrayList<>();
    if (logging.size() > 1) {
      steps.add(logging);
    }
    if (checks instanceof Long on) {
      steps.add(
          new JsonObject().put("service", "tracker").put("change", "checks").put("on", on == 1));
    }
    return steps;
  }

  @Override
  public Future<JsonObject> now() {
    Future<JsonObject> tracker = trackers.settings().otherwise(new JsonObject());
    return Future.all(process.settings(), tracker)
        .map(all -> now(all.<JsonObject>resultAt(0), tracker.result().getBoolean("checks")));
  }

  /** What a process tells of the checks is how they were at the start: the trackers know better. */
  private static JsonObject now(JsonObject process, Boolean checks) {
    JsonObject now = process.getJsonObject("logging", new JsonObject()).copy();
    now.remove(CHECKS);
    return checks == null ? now : now.put(CHECKS, checks ? 1 : 0);
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Input> inputs = new ArrayList<>();
    for (String name : NAMES) {
      inputs.add(Input.number(name, name, now.getValue(name, ""), meaning(name, now)));
    }
    return new FormPage(
        "Logging",
        "Holds for every process from now on, until it ends. Levels: "
            + LEVELS_TEXT
            + ". Options add up: "
            + String.join(", ", OPTIONS)
            + ".",
        List.of(),
        List.of(Section.acting("", "", "/debug/options", inputs, "Set")),
        new JsonObject().put("logging", now),
        outcome,
        errors);
  }

  private static String meaning(String name, JsonObject now) {
    if (!now.containsKey(name)) {
      return "";
    }
    int value = now.getInteger(name);
    if (isLevel(name)) {
      int index = value - LOWEST;
      return index < 0 ? "nothing" : index >= LEVELS.size() ? "everything" : LEVELS.get(index);
    }
    if (name.equals(CHECKS)) {
      return value == 1 ? "tracked entries are checked" : "no checks";
    }
    StringBuilder text = new StringBuilder();
    for (String option : OPTIONS) {
      int bit = Integer.parseInt(option.substring(0, option.indexOf(' ')));
      if ((value & bit) != 0) {
        text.append(text.isEmpty() ? "" : ", ").append(option.substring(option.indexOf(' ') + 1));
      }
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }
}
