package io.callscope.web.cluster;

import io.callscope.bus.Addresses;
import io.callscope.web.gather.Questions.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks each second who is in the cluster, and keeps the last answer where none comes. On the web
 * server's context.
 */
public final class ClusterWatch {
  private static final long PERIOD_MILLIS = 1000;
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(2000);

  private final Vertx vertx;
  private final String process;
  private Members members = Members.ALONE;

  /**
   * @param process the name of this process, empty where one is all there is
   */
  public ClusterWatch(Vertx vertx, String process) {
    this.vertx = vertx;
    this.process = process;
  }

  /** The name of this process, empty where one is all there is. */
  public String own() {
    return process;
  }

  /** Starts to ask; done after the first answer. */
  public Future<?> start() {
    vertx.setPeriodic(PERIOD_MILLIS, id -> ask());
    return ask();
  }

  private Future<?> ask() {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.query("cluster"), new JsonObject().put("query", "members"), OPTIONS)
        .map(answer -> Members.of(answer.body()))
        .recover(cause -> Future.succeededFuture(withoutAnswer(cause)))
        .onSuccess(now -> members = now);
  }

  /** Nobody listens: there is no cluster. Whoever is only late has not made it disappear. */
  private Members withoutAnswer(Throwable cause) {
    boolean nobody =
        cause instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.NO_HANDLERS
            && !members.clustered();
    return nobody ? Members.ALONE : members;
  }

  public Members members() {
    return members;
  }

  /**
   * A service of which each process with a role has one.
   *
   * @param name of it for people, where one process is all there is
   */
  public Supplier<List<Target>> each(String service, String role, String name) {
    return () ->
        members.clustered()
            ? targets(service, members.withRole(role))
            : List.of(new Target(Addresses.query(service), name));
  }

  private static List<Target> targets(String service, List<String> processes) {
    return processes.stream().map(process -> target(service, process)).toList();
  }

  /** A service of one process. */
  public static Target target(String service, String process) {
    return new Target(Addresses.query(service, process), process);
  }
}
