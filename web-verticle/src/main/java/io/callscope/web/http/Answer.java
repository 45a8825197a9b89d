package io.callscope.web.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a page answers. Of its three forms only the one asked for is made, off the event loop.
 *
 * @param template of the page
 * @param model what the template shows
 * @param text the plain form, lines ended
 */
public record Answer(
    int status,
    String title,
    String template,
    Object model,
    Supplier<String> text,
    Supplier<JsonObject> json) {

  /** A page that only says something. */
  public record Notice(String heading, List<String> lines) {}

  public static Answer notice(int status, String heading, List<String> lines) {
    return new Answer(
        status,
        heading,
        "notice",
        new Notice(heading, lines),
        () -> String.join("\n", lines) + "\n",
        () -> new JsonObject().put("errors", new JsonArray(lines)));
  }

  /** What programs ask for alone: JSON in whatever form. */
  public static Answer json(JsonObject json) {
    return new Answer(
        200,
        "JSON",
        "notice",
        new Notice("JSON", List.of(json.encode())),
        () -> json.encode() + "\n",
        () -> json);
  }

  /** 400 with all that is wrong. */
  public static Answer badRequest(List<String> errors) {
    return notice(400, "Bad request", List.copyOf(errors));
  }
}
