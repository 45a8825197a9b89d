package io.callscope.web.regs;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /regs/cfg}: how registrations are followed. */
public final class RegSettings implements SettingsPage.Settings {
  private static final String PATH = "/regs/cfg";
  private static final int DEFAULT_DELTA_SECONDS = 30;

  private final Current trackers;

  public RegSettings(Current trackers) {
    this.trackers = trackers;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    Long delta = seconds(params, "reg_exp_delta", DEFAULT_DELTA_SECONDS);
    if (delta != null) {
      change.put("regExpDelta", delta < 0 ? DEFAULT_DELTA_SECONDS : delta);
    }
    Long delay = seconds(params, "reg_del_delay", 0);
    if (delay != null) {
      change.put("regDelDelay", Math.max(delay, 0));
    }
    Long ignore =
        params.integer(
            "contact_ignore_port",
            Integer.MIN_VALUE,
            1,
            "must be 1 (without port) or 0 (with port); negative: the default, 0");
    if (ignore != null) {
      change.put("contactIgnorePort", ignore == 1);
    }
    return change.isEmpty() ? change : change.put("change", "registrations");
  }

  private static Long seconds(Params params, String name, int absent) {
    return params.integer(
        name,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        "must be whole seconds up to " + Integer.MAX_VALUE + "; negative: the default, " + absent);
  }

  @Override
  public Future<JsonObject> now() {
    return trackers.settings().map(all -> all.getJsonObject("registrations", new JsonObject()));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Section> sections =
        List.of(
            one(
                "Grace after the expiry of a contact",
                Input.number(
                    "reg_exp_delta",
                    "reg_exp_delta, seconds",
                    now.getValue("regExpDelta", ""),
                    "negative: the default, 30")),
            one(
                "How long a reg-del is held back, in case the contact comes again",
                Input.number(
                    "reg_del_delay",
                    "reg_del_delay, seconds",
                    now.getValue("regDelDelay", ""),
                    "0: not at all; negative: the default, 0")),
            one(
                "Whether contacts are compared without their port",
                Input.onOff(
                    "contact_ignore_port",
                    "contact_ignore_port",
                    now.getBoolean("contactIgnorePort", false),
                    "without port",
                    "with port")));
    return new FormPage(
        "Registration settings",
        "Changes hold until the program ends.",
        List.of(),
        sections,
        new JsonObject().put("registrations", now),
        outcome,
        errors);
  }

  private static Section one(String legend, Input input) {
    return Section.acting(legend, "", PATH, List.of(input), "Set");
  }
}
