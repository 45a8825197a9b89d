package io.callscope.web.gather;

import io.callscope.web.gather.TrackerQueries.Gathered;
import io.callscope.web.gather.TrackerQueries.Part;
import io.callscope.web.gather.TrackerQueries.Silent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Asks those who share a service between them, and gathers what comes within two seconds. */
public final class Questions {
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(2000);

  private final Vertx vertx;
  private final List<Target> targets;

  /**
   * Whom to ask.
   *
   * @param name for people
   */
  public record Target(String address, String name) {}

  public Questions(Vertx vertx, List<Target> targets) {
    this.vertx = vertx;
    this.targets = List.copyOf(targets);
  }

  int targets() {
    return targets.size();
  }

  /** Asks all. Never fails. */
  public Future<Gathered> ask(JsonObject query) {
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      answers.add(ask(i, query));
    }
    return Future.join(answers).transform(done -> Future.succeededFuture(gather(answers)));
  }

  Future<JsonObject> ask(int target, JsonObject query) {
    return vertx
        .eventBus()
        .<JsonObject>request(targets.get(target).address(), query.copy(), OPTIONS)
        .map(message -> message.body());
  }

  private Gathered gather(List<Future<JsonObject>> answers) {
    List<Part> parts = new ArrayList<>();
    List<Silent> silent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Future<JsonObject> answer = answers.get(i);
      if (answer.succeeded()) {
        parts.add(new Part(i, answer.result()));
      } else {
        silent.add(silence(i, answer.cause()));
      }
    }
    return new Gathered(parts, silent);
  }

  Silent silence(int target, Throwable cause) {
    String name = targets.get(target).name();
    ReplyFailure failure =
        cause instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
    String text =
        switch (failure) {
          case TIMEOUT -> name + " did not answer";
          case NO_HANDLERS -> name + " is not running";
          default -> name + " failed: " + cause.getMessage();
        };
    return new Silent(target, text, failure == ReplyFailure.TIMEOUT);
  }
}
