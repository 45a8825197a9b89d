package io.callscope.web.gather;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the instances of a service answered to a change; of none if nothing was to be changed.
 *
 * @param running whether there was anybody to make it
 */
public record Outcome(List<Acknowledgement> answers, boolean running) {
  /** Nothing was to be changed. */
  public static final Outcome NOTHING = of(List.of());

  public Outcome {
    answers = List.copyOf(answers);
  }

  static Outcome of(List<Acknowledgement> answers) {
    return new Outcome(answers, true);
  }

  /** Nobody runs the service, and how to start it. */
  static Outcome nobody(String service, String why) {
    return new Outcome(List.of(Acknowledgement.nobody(service, why)), false);
  }

  /**
   * 200 if all made the change, 400 if one refused it, 504 if one did not answer, 503 if the
   * service does not run.
   */
  public int status() {
    if (!running) {
      return 503;
    }
    if (answers.stream().allMatch(Acknowledgement::isMade)) {
      return 200;
    }
    return answers.stream().anyMatch(Acknowledgement::isSilent) ? 504 : 400;
  }

  /** This one and what came of the next change. */
  public Outcome and(Outcome next) {
    return new Outcome(
        Stream.concat(answers.stream(), next.answers.stream()).toList(), running && next.running);
  }

  /** A field of the results, added up. */
  public long sum(String field) {
    return answers.stream().mapToLong(one -> one.result().getLong(field, 0L)).sum();
  }

  /** The first result, empty if there is none. */
  public JsonObject first() {
    return answers.stream()
        .filter(Acknowledgement::isMade)
        .map(Acknowledgement::result)
        .findFirst()
        .orElse(new JsonObject());
  }

  /** A line for each that answered or should have. */
  public void append(StringBuilder text) {
    for (Acknowledgement one : answers) {
      text.append(one.isMade() ? "" : "ERROR: ").append(one.instance()).append(": ");
      text.append(one.text()).append('\n');
    }
  }

  public JsonArray json() {
    JsonArray json = new JsonArray();
    answers.forEach(one -> json.add(one.json()));
    return json;
  }
}
