package io.callscope.web.rates;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /evrateblst/rates}: how many events of a type one address may cause. A change of one slot
 * is put together with what the others have, so what holds now is asked before.
 */
public final class RateLimitsPage implements SettingsPage.Settings {
  private static final int SLOTS = 3;

  private final Current eventStage;

  public RateLimitsPage(Current eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    put(change, "reportMin", params.integer("evr_conseq_report_min", 0, Integer.MAX_VALUE));
    put(change, "reportMax", params.integer("evr_conseq_report_max", 0, Integer.MAX_VALUE));
    JsonArray limits = new JsonArray();
    JsonArray intervals = new JsonArray();
    for (int slot = 0; slot < SLOTS; slot++) {
      Double limit = params.decimal("rate" + slot);
      limits.add(limit == null || limit < 0 ? null : limit);
      Duration interval = params.time("interval" + slot);
      if (interval != null && !interval.isZero() && interval.toMillis() == 0) {
        params.error(
            "interval" + slot,
            params.first("interval" + slot),
            "must be 1ms or more; 0 leaves it as it is");
      }
      intervals.add(interval == null || interval.isZero() ? null : interval.toMillis());
    }
    if (hasValue(limits)) {
      change.put("limits", limits);
    }
    if (hasValue(intervals)) {
      change.put("intervalsMillis", intervals);
    }
    return change.isEmpty() ? change : change.put("change", "rates");
  }

  private static void put(JsonObject change, String name, Long value) {
    if (value != null) {
      change.put(name, value);
    }
  }

  private static boolean hasValue(JsonArray values) {
    return values.stream().anyMatch(value -> value != null);
  }

  /** Slots that were not given keep what they have. */
  @Override
  public JsonObject complete(JsonObject change, JsonObject now) {
    JsonObject whole = change.copy();
    for (String name : List.of("limits", "intervalsMillis")) {
      if (change.containsKey(name)) {
        JsonArray values = new JsonArray();
        for (int slot = 0; slot < SLOTS; slot++) {
          Object given = change.getJsonArray(name).getValue(slot);
          values.add(given == null ? now.getJsonArray(name).getValue(slot) : given);
        }
        whole.put(name, values);
      }
    }
    return whole;
  }

  @Override
  public Future<JsonObject> now() {
    return eventStage.settings().map(all -> all.getJsonObject("rates", new JsonObject()));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Input> inputs = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      inputs.add(
          Input.text(
              "rate" + slot,
              "Limit " + slot,
              value(now, "limits", slot),
              "events an interval; 0: no limit"));
      inputs.add(
          Input.text(
              "interval" + slot,
              "Interval " + slot,
              RateViews.duration(value(now, "intervalsMillis", slot)),
              "0 leaves it as it is"));
    }
    inputs.add(
        Input.number(
            "evr_conseq_report_min",
            "First repeated report",
            now.getValue("reportMin", ""),
            "of a run over the limit, then doubled; 0: none"));
    inputs.add(
        Input.number(
            "evr_conseq_report_max",
            "From here on each multiple",
            now.getValue("reportMax", ""),
            "0: doubled for ever"));
    return new FormPage(
        "Event rates",
        "Events of a type from one address over a limit are counted and left out of the list, but "
            + "for the first of a run and repeated reports of it.",
        List.of(),
        List.of(Section.acting("", "", "/evrateblst/rates", inputs, "Set")),
        new JsonObject().put("rates", now),
        outcome,
        errors);
  }

  private static String value(JsonObject now, String name, int slot) {
    JsonArray values = now.getJsonArray(name, new JsonArray());
    return slot < values.size() ? String.valueOf(values.getValue(slot)) : "";
  }
}
