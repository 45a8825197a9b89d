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
import java.util.function.Supplier;

/** Asks those who share a service between them, and gathers what comes within two seconds. */
public final class Questions {
  /** A little longer than they take for a list, so that they can say that it takes too long. */
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(2200);

  private final Vertx vertx;
  private final Supplier<List<Target>> targets;

  /**
   * Whom to ask.
   *
   * @param name for people
   */
  public record Target(String address, String name) {}

  /** Asks the same ones each time. */
  public Questions(Vertx vertx, List<Target> targets) {
    this(vertx, () -> targets);
  }

  /**
   * @param targets whom to ask now; of those that come and go, each may only be asked once
   */
  public Questions(Vertx vertx, Supplier<List<Target>> targets) {
    this.vertx = vertx;
    this.targets = targets;
  }

  /** How many would be asked now. */
  int targets() {
    return targets.get().size();
  }

  /** Asks all. Never fails. */
  public Future<Gathered> ask(JsonObject query) {
    List<Target> now = targets.get();
    List<Future<JsonObject>> answers = new ArrayList<>();
    now.forEach(target -> answers.add(ask(target, query)));
    return Future.join(answers).transform(done -> Future.succeededFuture(gather(now, answers)));
  }

  Future<JsonObject> ask(int target, JsonObject query) {
    return ask(targets.get().get(target), query);
  }

  private Future<JsonObject> ask(Target target, JsonObject query) {
    return vertx
        .eventBus()
        .<JsonObject>request(target.address(), query.copy(), OPTIONS)
        .map(message -> message.body());
  }

  private static Gathered gather(List<Target> asked, List<Future<JsonObject>> answers) {
    List<Part> parts = new ArrayList<>();
    List<Silent> silent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Future<JsonObject> answer = answers.get(i);
      if (answer.succeeded()) {
        parts.add(new Part(i, answer.result()));
      } else {
        silent.add(silence(i, asked.get(i).name(), answer.cause()));
      }
    }
    return new Gathered(parts, silent);
  }

  Silent silence(int target, Throwable cause) {
    return silence(target, targets.get().get(target).name(), cause);
  }

  private static Silent silence(int target, String name, Throwable cause) {
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
