package io.callscope.web.rates;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** {@code /evrateblst/gccfg1}: the collection of idle rate entries in the background. */
public final class PeriodicSettings implements SettingsPage.Settings {
  private final Current eventStage;

  public PeriodicSettings(Current eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    put(change, "intervalMillis", millis(params.time("evr_gc_interval")));
    put(change, "oldAgeMillis", millis(params.time("evr_gc_old_age")));
    put(change, "maxWalked", Work.walked(params, "evr_gc_max_run_time"));
    put(change, "target", params.integer("evr_gc_target", 0, 1L << 40));
    return change.isEmpty() ? change : change.put("change", "collection");
  }

  private static Long millis(Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static void put(JsonObject change, String name, Long value) {
    if (value != null) {
      change.put(name, value);
    }
  }

  @Override
  public Future<JsonObject> now() {
    return eventStage.settings().map(all -> all.getJsonObject("collection", new JsonObject()));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Input> inputs =
        List.of(
            Input.text(
                "evr_gc_interval",
                "Every",
                RateViews.duration(now.getValue("intervalMillis")),
                "0: never"),
            Input.text(
                "evr_gc_old_age",
                "Last accepted event older than",
                RateViews.duration(now.getValue("oldAgeMillis")),
                ""),
            Input.text(
                "evr_gc_max_run_time",
                "Runs at most",
                Work.time(now.getValue("maxWalked")),
                Work.HINT),
            Input.number("evr_gc_target", "Stops at entries", now.getValue("target", ""), ""));
    return new FormPage(
        "Collection in the background",
        "Lets go of rate entries that are not over a limit and have been idle for long.",
        List.of(),
        List.of(Section.acting("", "", "/evrateblst/gccfg1", inputs, "Set")),
        new JsonObject().put("collection", now),
        outcome,
        errors);
  }
}
