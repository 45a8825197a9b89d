package io.callscope.web.gather;

import io.callscope.bus.Addresses;
import io.callscope.web.gather.Questions.Target;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** Asks all tracker partitions and gathers what comes; a silent one spoils nothing. */
public final class TrackerQueries {
  private final Questions questions;

  public TrackerQueries(Vertx vertx, int partitions) {
    questions =
        new Questions(
            vertx,
            IntStream.range(0, partitions)
                .mapToObj(p -> new Target(Addresses.query("tracker", p), "partition " + p))
                .toList());
  }

  /** A partition that gave no answer. */
  public record Silent(int partition, String text, boolean timeout) {}

  /** An answer with its partition. */
  public record Part(int partition, JsonObject body) {}

  /** All answers in order of partition, and who did not give one. */
  public record Gathered(List<Part> parts, List<Silent> silent) {

    /** 200 if all answered, 504 if one was too late, else 503. */
    public int status() {
      if (silent.isEmpty()) {
        return 200;
      }
      return silent.stream().anyMatch(Silent::timeout) ? 504 : 503;
    }
  }

  public Future<Gathered> ask(JsonObject query) {
    return questions.ask(query);
  }

  /** The partitions, to be asked one by one too. */
  public Questions partitions() {
    return questions;
  }

  /** A line for each that did not answer. */
  public static void append(StringBuilder text, List<Silent> silent) {
    silent.forEach(one -> text.append("ERROR: ").append(Shown.plain(one.text())).append('\n'));
  }

  public static JsonArray json(List<Silent> silent) {
    JsonArray json = new JsonArray();
    silent.forEach(
        one ->
            json.add(new JsonObject().put("partition", one.partition()).put("error", one.text())));
    return json;
  }
}
