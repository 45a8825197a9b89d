package io.callscope.web.calls;

import io.callscope.config.CallStateTimeout;
import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code /calls/timeout}: how long a call may stay in each state. */
public final class TimeoutSettings implements SettingsPage.Settings {
  private final Current trackers;

  public TimeoutSettings(Current trackers) {
    this.trackers = trackers;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject seconds = new JsonObject();
    for (CallStateTimeout state : CallStateTimeout.values()) {
      for (String name : List.of(state.shortName(), state.longName())) {
        Duration wanted = params.duration(name);
        if (wanted != null && isInRange(state, wanted)) {
          seconds.put(state.shortName(), Math.max(0, wanted.toSeconds()));
        } else if (wanted != null) {
          params.error(
              name,
              params.first(name),
              String.format(
                  "is %d s, not in the range %d–%d s",
                  wanted.toSeconds(), state.minSeconds(), state.maxSeconds()));
        }
      }
    }
    return seconds.isEmpty()
        ? seconds
        : new JsonObject().put("change", "call_timeouts").put("seconds", seconds);
  }

  /** Up to 0 is the default. */
  private static boolean isInRange(CallStateTimeout state, Duration wanted) {
    return wanted.isNegative()
        || wanted.isZero()
        || (wanted.toSeconds() >= state.minSeconds() && wanted.toSeconds() <= state.maxSeconds());
  }

  @Override
  public Future<JsonObject> now() {
    return trackers.settings().map(all -> all.getJsonObject("callTimeouts", new JsonObject()));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Section> sections = new ArrayList<>();
    for (CallStateTimeout state : CallStateTimeout.values()) {
      String name = state.shortName();
      String hint =
          String.format(
              "%d–%d s, default %s",
              state.minSeconds(), state.maxSeconds(), text(state.defaultSeconds()));
      String value = now.containsKey(name) ? text(now.getLong(name)) : "";
      sections.add(
          Section.acting(
              state.longName(),
              "",
              "/calls/timeout",
              List.of(Input.text(name, name, value, hint)),
              "Set"));
    }
    return new FormPage(
        "Call timeouts",
        "How long a call may stay in each state without a message that moves it on. A change holds "
            + "for timers set from then on, until the program ends; 0 restores the default.",
        List.of(),
        sections,
        new JsonObject().put("callTimeouts", now),
        outcome,
        errors);
  }

  private static String text(long seconds) {
    return Times.seconds(seconds * 1_000_000_000L);
  }
}
