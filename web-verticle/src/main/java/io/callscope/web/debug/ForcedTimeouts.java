package io.callscope.web.debug;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Outcome;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code /debug/forcetimeout}: lets calls and registrations expire soon. */
public final class ForcedTimeouts implements SettingsPage.Settings {
  private static final long DEFAULT_MILLIS = 100;

  private final TrackerQueries trackers;

  public ForcedTimeouts(TrackerQueries trackers) {
    this.trackers = trackers;
  }

  @Override
  public JsonObject change(Params params) {
    Duration timeout = params.time("timeout");
    if (timeout != null && timeout.toMillis() > Integer.MAX_VALUE) {
      params.error("timeout", params.first("timeout"), "must be a duration of at most 596h");
    }
    return new JsonObject()
        .put("change", "force_timeout")
        .put("millis", timeout == null ? DEFAULT_MILLIS : timeout.toMillis());
  }

  @Override
  public Future<JsonObject> now() {
    return trackers
        .ask(new JsonObject().put("query", "tables"))
        .map(
            gathered -> {
              long entries = 0;
              for (var part : gathered.parts()) {
                JsonObject calls = part.body().getJsonObject("calls", new JsonObject());
                entries += calls.getLong("entries", 0L);
              }
              return new JsonObject().put("entries", entries);
            });
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    List<String> figures = new ArrayList<>();
    if (!outcome.answers().isEmpty()) {
      figures.add(
          "Timers shortened: "
              + outcome.sum("forced")
              + " of entries walked: "
              + outcome.sum("walked"));
    }
    figures.add("Entries in the tables: " + now.getValue("entries", "unknown"));
    return new FormPage(
        "Force timeouts",
        "Every call and registration whose timer has longer to go is given this much, then expires "
            + "as it would have: with its last events.",
        figures,
        List.of(
            Section.acting(
                "",
                "",
                "/debug/forcetimeout",
                List.of(Input.text("timeout", "Expire within", "100ms", "a duration")),
                "Expire all")),
        now,
        outcome,
        errors);
  }
}
