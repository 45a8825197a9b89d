package io.callscope.web.events;

import io.callscope.bus.EventType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code /events/blst}: which types of events are dropped. */
public final class EventTypeSettings implements SettingsPage.Settings {
  private static final String PATH = "/events/blst";
  private static final List<EventType> TYPES =
      Arrays.stream(EventType.values())
          .filter(type -> type != EventType.EMPTY && type != EventType.INVALID)
          .toList();

  private final Current eventStage;

  public EventTypeSettings(Current eventStage) {
    this.eventStage = eventStage;
  }

  @Override
  public JsonObject change(Params params) {
    JsonArray drop = new JsonArray();
    JsonArray keep = new JsonArray();
    for (EventType type : TYPES) {
      if (params.present(type.text())) {
        (params.on(type.text()) || params.first(type.text()).isEmpty() ? drop : keep)
            .add(type.text());
      }
    }
    boolean reset =
        params.present("reset") && (params.on("reset") || params.first("reset").isEmpty());
    if (reset) {
      return new JsonObject().put("change", "event_types").put("reset", true);
    }
    return drop.isEmpty() && keep.isEmpty()
        ? new JsonObject()
        : new JsonObject().put("change", "event_types").put("drop", drop).put("keep", keep);
  }

  @Override
  public Future<JsonObject> now() {
    return eventStage
        .settings()
        .map(all -> new JsonObject().put("dropped", all.getJsonArray("dropped", new JsonArray())));
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    JsonArray dropped = now.getJsonArray("dropped", new JsonArray());
    List<Input> inputs = new ArrayList<>();
    for (EventType type : TYPES) {
      inputs.add(
          Input.onOff(type.text(), type.text(), dropped.contains(type.text()), "dropped", "kept"));
    }
    return new FormPage(
        "Event types",
        "Events of a dropped type are counted and go no further: neither to rates nor to the list.",
        List.of(),
        List.of(
            Section.acting("Types", "", PATH, inputs, "Set"),
            Section.acting(
                "Reset",
                "No type is dropped any more, not even one of -event_types_blst.",
                PATH,
                List.of(reset()),
                "Reset")),
        new JsonObject().put("dropped", dropped),
        outcome,
        errors);
  }

  private static Input reset() {
    return Input.select(
        "reset", "reset", "1", "", List.<String[]>of(new String[] {"1", "keep all types"}));
  }
}
