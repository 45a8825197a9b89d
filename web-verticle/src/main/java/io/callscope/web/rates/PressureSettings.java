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

/** {@code /evrateblst/gccfg2}: the collections that a new entry starts in a nearly full table. */
public final class PressureSettings implements SettingsPage.Settings {
  private static final String PATH = "/evrateblst/gccfg2";
  private static final long MOST = 1L << 40;
  private static final String MAX_ENTRIES = "maxEntries";
  private static final String EDITS = "edits";

  private final Current eventStage;

  public PressureSettings(Current eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    put(change, MAX_ENTRIES, params.integer("max_entries", 0, MOST));
    put(change, "hardTarget", params.integer("hard_gc_target", 0, MOST));
    put(change, "lightTrigger", params.integer("light_gc_trigger", 0, MOST));
    put(change, "lightTarget", params.integer("light_gc_target", 0, MOST));
    Duration age = params.time("light_gc_lifetime");
    put(change, "lightAgeMillis", age == null ? null : (Long) age.toMillis());
    for (int i = 0; i < CriterionForm.MOST; i++) {
      put(change, "maxWalked", Work.walked(params, "rlim" + i));
    }
    put(change, "maxWalked", Work.walked(params, "light_gc_runtime"));
    put(change, "maxWalked", Work.walked(params, "light_gc_max_runtime"));
    JsonArray edits = CriterionForm.edits(params);
    if (!edits.isEmpty()) {
      change.put(EDITS, edits);
    }
    return change;
  }

  private static void put(JsonObject change, String name, Long value) {
    if (value != null) {
      change.put(name, value);
    }
  }

  @Override
  public JsonObject complete(JsonObject change, JsonObject now) {
    JsonObject whole = change.copy();
    JsonArray edits = (JsonArray) whole.remove(EDITS);
    return edits == null ? whole : whole.put("criteria", CriterionForm.apply(edits, criteria(now)));
  }

  /** First the size of the table, which moves the other figures along; then what is given. */
  @Override
  public List<JsonObject> steps(JsonObject change) {
    JsonObject pressure = change.copy();
    List<JsonObject> steps = new ArrayList<>();
    Object max = pressure.remove(MAX_ENTRIES);
    if (max != null) {
      steps.add(new JsonObject().put("change", "rates").put(MAX_ENTRIES, max));
    }
    if (!pressure.isEmpty()) {
      steps.add(pressure.put("change", "pressure"));
    }
    return steps;
  }

  @Override
  public Future<JsonObject> now() {
    return eventStage
        .settings()
        .map(
            all ->
                all.getJsonObject("pressure", new JsonObject())
                    .copy()
                    .put(
                        MAX_ENTRIES,
                        all.getJsonObject("rates", new JsonObject()).getValue(MAX_ENTRIES, 0)));
  }

  private static JsonArray criteria(JsonObject now) {
    return now.getJsonArray("criteria", new JsonArray());
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<Input> inputs =
        List.of(
            number("max_entries", "Most entries", now, MAX_ENTRIES, "0: no limit"),
            number("hard_gc_target", "A full table is brought down to", now, "hardTarget", ""),
            number("light_gc_trigger", "A light collection from", now, "lightTrigger", ""),
            number("light_gc_target", "It stops at", now, "lightTarget", ""),
            Input.text(
                "light_gc_lifetime",
                "It removes what was last accepted before",
                RateViews.duration(now.getValue("lightAgeMillis")),
                ""),
            Input.text(
                "light_gc_max_runtime",
                "Each collection runs at most",
                Work.time(now.getValue("maxWalked")),
                Work.HINT + "; rlim0 to rlim9 set the same bound"));
    List<Section> sections = new ArrayList<>();
    sections.add(Section.acting("Sizes", "", PATH, inputs, "Set"));
    JsonArray criteria = criteria(now);
    for (int i = 0; i <= criteria.size() && i < CriterionForm.MOST; i++) {
      boolean added = i == criteria.size();
      sections.add(
          Section.acting(
              added ? "One more criterion" : "Criterion " + i,
              "A full table loses, criterion by criterion, the entries for which all of this holds.",
              PATH,
              CriterionForm.inputs(i, added ? new JsonObject() : criteria.getJsonObject(i)),
              added ? "Add" : "Set"));
    }
    return new FormPage(
        "Collections under pressure",
        "They run when a new entry is needed and the table of rates is nearly full.",
        List.of(),
        sections,
        new JsonObject().put("pressure", now),
        outcome,
        errors);
  }

  private static Input number(
      String name, String label, JsonObject now, String field, String hint) {
    return Input.number(name, label, now.getValue(field, ""), hint);
  }
}
