package io.callscope.web.rates;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Outcome;
import io.callscope.web.gather.Questions;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /evrateblst/forcegc}: removes rate entries now. */
public final class ForcedCollection implements SettingsPage.Settings {
  private final Questions eventStage;

  public ForcedCollection(Questions eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public JsonObject change(Params params) {
    Long target = params.integer("n", 0, 1L << 40);
    return new JsonObject().put("change", "force_gc").put("target", target == null ? 1 : target);
  }

  @Override
  public Future<JsonObject> now() {
    return eventStage
        .ask(new JsonObject().put("query", "tables"))
        .map(
            gathered ->
                gathered.parts().isEmpty()
                    ? new JsonObject()
                    : gathered.parts().get(0).body().getJsonObject("rates", new JsonObject()));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<String> figures = new ArrayList<>();
    for (var one : outcome.answers()) {
      JsonObject result = one.result();
      if (!result.isEmpty()) {
        figures.add(
            "Entries before: "
                + result.getValue("before")
                + " target: "
                + result.getValue("target")
                + "; not over a limit and older than 2s");
        figures.add(
            "Target met: "
                + result.getValue("met")
                + " entries: "
                + result.getValue("entries")
                + " walked: "
                + result.getValue("walked")
                + " removed: "
                + result.getValue("removed"));
      }
    }
    if (outcome.answers().isEmpty()) {
      figures.add("Entries: " + now.getValue("entries", "unknown"));
    }
    return new FormPage(
        "Collect rate entries",
        "Removes entries that are not over a limit and were made more than 2 s ago, until the target "
            + "is met or the work of 10 ms is done.",
        figures,
        List.of(
            Section.acting(
                "",
                "",
                "/evrateblst/forcegc",
                List.of(Input.number("n", "Until so many are left", 1, "")),
                "Collect")),
        new JsonObject().put("rates", now),
        outcome,
        errors);
  }
}
