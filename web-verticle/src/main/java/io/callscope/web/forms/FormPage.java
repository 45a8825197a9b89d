package io.callscope.web.forms;

import io.callscope.web.gather.Acknowledgement;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Answer;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A page of forms: what holds now, what a change came to, what was wrong with it.
 *
 * @param title of the page
 * @param intro what it is for
 * @param figures lines between the introduction and the forms, may be none
 * @param values what holds now, for JSON
 */
public record FormPage(
    String title,
    String intro,
    List<String> figures,
    List<Section> sections,
    JsonObject values,
    Outcome outcome,
    List<String> errors) {

  /** What the template shows. */
  public record Model(
      String heading,
      String intro,
      List<String> figures,
      List<Section> sections,
      List<Acknowledgement> outcomes,
      List<String> errors) {

    /** For the template: something can be changed here. */
    public boolean isActing() {
      return sections.stream().anyMatch(section -> !section.asks());
    }
  }

  /** The page with no change and no figures. */
  public static FormPage of(
      String title, String intro, List<Section> sections, JsonObject values, List<String> errors) {
    return new FormPage(title, intro, List.of(), sections, values, Outcome.NOTHING, errors);
  }

  /** 400 if something was wrong, else what the change came to. */
  public Answer answer() {
    return answer(errors.isEmpty() ? outcome.status() : 400);
  }

  public Answer answer(int status) {
    return new Answer(
        status,
        title,
        "form",
        new Model(title, intro, figures, sections, outcome.answers(), errors),
        this::text,
        this::json);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    errors.forEach(error -> text.append(error).append('\n'));
    outcome.append(text);
    figures.forEach(line -> text.append(Shown.plain(line)).append('\n'));
    for (Section section : sections) {
      for (Input input : section.inputs()) {
        text.append(input.name()).append(": ").append(Shown.plain(input.shown()));
        if (!input.hint().isEmpty()) {
          text.append("  (").append(input.hint()).append(')');
        }
        text.append('\n');
      }
    }
    return text.isEmpty() ? title + "\n" : text.toString();
  }

  private JsonObject json() {
    JsonObject json = values.copy().put("outcomes", outcome.json());
    if (!errors.isEmpty()) {
      json.put("errors", new JsonArray(errors));
    }
    return json;
  }
}
