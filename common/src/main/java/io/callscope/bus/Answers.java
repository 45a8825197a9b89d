package io.callscope.bus;

import io.callscope.query.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a verticle answers queries and acknowledges controls ({@code docs/bus.md}). */
public final class Answers {
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private Answers() {}

  /** The fields of a query, control or answer: maps and lists all the way down. */
  public static Map<String, Object> fields(Message<JsonObject> message) {
    return new JsonObject(message.body().toBuffer()).getMap();
  }

  /** The answer to a query goes back to who asked. */
  public static Reply to(Message<JsonObject> question) {
    return new Reply() {
      @Override
      public void answer(Map<String, Object> answer) {
        Replies.give(question, new JsonObject(answer));
      }

      @Override
      public void refuse(String reason) {
        Replies.refuse(question, BAD_REQUEST, reason);
      }

      @Override
      public void putOff(String reason) {
        Replies.refuse(question, UNAVAILABLE, reason);
      }
    };
  }

  /** Listens for queries to a service of this process; done when it hears them. */
  public static Future<?> listen(
      Vertx vertx, String service, ProcessName process, Handler<Message<JsonObject>> answer) {
    return Future.all(
        Addresses.queries(service, process).stream()
            .map(address -> vertx.eventBus().consumer(address, answer).completion())
            .toList());
  }

  /** Makes a change and tells everyone who waits for it what came of it. */
  public static void acknowledge(
      Vertx vertx,
      String service,
      String instance,
      Message<JsonObject> change,
      UnaryOperator<Map<String, Object>> controls) {
    Reply reply = acknowledgement(vertx, service, instance, change);
    Map<String, Object> result;
    try {
      result = controls.apply(fields(change));
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
      return;
    }
    reply.answer(result);
  }

  /** Where it goes what came of a change: to everyone who waits for it. */
  public static Reply acknowledgement(
      Vertx vertx, String service, String instance, Message<JsonObject> change) {
    JsonObject acknowledgement =
        new JsonObject().put("id", change.body().getValue("id")).put("instance", instance);
    return new Reply() {
      @Override
      public void answer(Map<String, Object> result) {
        publish("result", new JsonObject(result));
      }

      @Override
      public void refuse(String reason) {
        publish("error", reason);
      }

      private void publish(String field, Object value) {
        vertx
            .eventBus()
            .publish(Addresses.acknowledgements(service), acknowledgement.put(field, value));
      }
    };
  }
}
