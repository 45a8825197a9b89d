package io.callscope.web.gather;

import io.callscope.bus.Addresses;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Asks all tracker partitions and gathers what comes; a silent one spoils nothing. */
public final class TrackerQueries {
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(2000);

  private final Vertx vertx;
  private final int partitions;

  public TrackerQueries(Vertx vertx, int partitions) {
    this.vertx = vertx;
    this.partitions = partitions;
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
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      String address = Addresses.query("tracker", p);
      answers.add(
          vertx.eventBus().<JsonObject>request(address, query.copy(), OPTIONS).map(m -> m.body()));
    }
    return Future.join(answers).transform(done -> Future.succeededFuture(gather(answers)));
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

  private static Gathered gather(List<Future<JsonObject>> answers) {
    List<Part> parts = new ArrayList<>();
    List<Silent> silent = new ArrayList<>();
    for (int p = 0; p < answers.size(); p++) {
      Future<JsonObject> answer = answers.get(p);
      if (answer.succeeded()) {
        parts.add(new Part(p, answer.result()));
      } else {
        silent.add(silence(p, answer.cause()));
      }
    }
    return new Gathered(parts, silent);
  }

  private static Silent silence(int partition, Throwable cause) {
    ReplyFailure failure =
        cause instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
    String text =
        switch (failure) {
          case TIMEOUT -> "partition " + partition + " did not answer";
          case NO_HANDLERS -> "partition " + partition + " is not running";
          default -> "partition " + partition + " failed: " + cause.getMessage();
        };
    return new Silent(partition, text, failure == ReplyFailure.TIMEOUT);
  }
}
