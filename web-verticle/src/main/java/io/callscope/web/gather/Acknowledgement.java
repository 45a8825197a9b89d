package io.callscope.web.gather;

import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonObject;

/**
 * What one instance answered to a change.
 *
 * @param result empty if it was refused
 * @param error why it was not made, empty if it was
 */
public record Acknowledgement(String instance, JsonObject result, String error) {
  private static final String SILENT = "did not answer";

  static Acknowledgement none(String instance) {
    return new Acknowledgement(instance, new JsonObject(), SILENT);
  }

  /** There is no instance of a service. */
  static Acknowledgement nobody(String service, String why) {
    return new Acknowledgement(service, new JsonObject(), why);
  }

  boolean isMade() {
    return error.isEmpty();
  }

  boolean isSilent() {
    return error.equals(SILENT);
  }

  /** What came of it, in a line. */
  public String text() {
    if (!error.isEmpty()) {
      return Shown.brief(error);
    }
    StringBuilder text = new StringBuilder();
    result.forEach(
        field ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(field.getKey())
                .append(' ')
                .append(field.getValue()));
    return text.isEmpty() ? "done" : Shown.brief(text.toString());
  }

  /** Whether it was made, for a template. */
  public String style() {
    return isMade() ? "ok" : "bad";
  }

  JsonObject json() {
    JsonObject json = new JsonObject().put("instance", instance);
    return isMade() ? json.put("result", result) : json.put("error", error);
  }
}
