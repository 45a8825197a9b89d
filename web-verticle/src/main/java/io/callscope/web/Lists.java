package io.callscope.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the pages that gather have in common. */
final class Lists {
  private Lists() {}

  static List<JsonCall> calls(JsonObject answer) {
    List<JsonCall> calls = new ArrayList<>();
    for (Object call : answer.getJsonArray("calls", new JsonArray())) {
      calls.add(new JsonCall((JsonObject) call));
    }
    return calls;
  }

  static void appendSilent(StringBuilder text, List<TrackerQueries.Silent> silent) {
    silent.forEach(one -> text.append("ERROR: ").append(Shown.plain(one.text())).append('\n'));
  }

  static JsonArray silentJson(List<TrackerQueries.Silent> silent) {
    JsonArray json = new JsonArray();
    silent.forEach(
        one ->
            json.add(new JsonObject().put("partition", one.partition()).put("error", one.text())));
    return json;
  }

  /** 400 on the page of a list, so that its form is there to correct. */
  static Answer wrong(String title, String template, Object model, List<String> errors) {
    Answer plain = Answer.badRequest(errors);
    return new Answer(400, title, template, model, plain.text(), plain.json());
  }
}
