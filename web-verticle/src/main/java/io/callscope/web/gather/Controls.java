package io.callscope.web.gather;

import io.callscope.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes changes at run time: publishes them to all instances of a service and gathers what each
 * answers. On one context.
 */
public final class Controls {
  private static final long WAIT_MILLIS = 2000;

  /**
   * For a service of which no instance is known: one that has just started may answer all the same.
   */
  private static final long NOBODY_MILLIS = 250;

  private static final String TRACKS = "no process tracks calls; start one with -roles tracker";

  /** The services that take changes, with what to say where nobody runs one. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "tracker", TRACKS,
          "eventstage", TRACKS,
          "capture", "nothing is captured or read; start a process with -pcap or -iface",
          "process", "no process answers",
          "pcapdump", "calls are not dumped; start a process with -pcap_dump_dir DIR");

  private final Vertx vertx;
  private final Expected expected;
  private final Map<String, Change> open = new HashMap<>();

  /** Who has to answer. */
  @FunctionalInterface
  public interface Expected {
    /** Names of the instances of a service that are alive. */
    Set<String> instances(String service);
  }

  private static final class Change {
    private final String service;
    private final Set<String> missing;
    private final List<Acknowledgement> answers = new ArrayList<>();
    private final Promise<Outcome> done = Promise.promise();

    Change(String service, Set<String> missing) {
      this.service = service;
      this.missing = missing;
    }
  }

  public Controls(Vertx vertx, Expected expected) {
    this.vertx = vertx;
    this.expected = expected;
  }

  /** Starts to listen for answers; before any change. */
  public Future<?> start() {
    List<Future<Void>> ready = new ArrayList<>();
    for (String service : SERVICES.keySet()) {
      ready.add(
          vertx
              .eventBus()
              .<JsonObject>consumer(
                  Addresses.acknowledgements(service), message -> answered(message.body()))
              .completion());
    }
    return Future.all(ready);
  }

  private void answered(JsonObject answer) {
    Change change = open.get(answer.getString("id", ""));
    if (change == null) {
      return;
    }
    String instance = answer.getString("instance", "");
    change.answers.add(
        new Acknowledgement(
            instance,
            answer.getJsonObject("result", new JsonObject()),
            answer.getString("error", "")));
    change.missing.remove(instance);
    if (change.missing.isEmpty()) {
      finish(answer.getString("id"));
    }
  }

  /**
   * Asks all instances for a change.
   *
   * @return what each answered, within two seconds, or soon that there is nobody; never fails
   */
  public Future<Outcome> change(String service, JsonObject fields) {
    String id = UUID.randomUUID().toString();
    Change change = new Change(service, new TreeSet<>(expected.instances(service)));
    open.put(id, change);
    vertx.setTimer(change.missing.isEmpty() ? NOBODY_MILLIS : WAIT_MILLIS, timer -> finish(id));
    vertx.eventBus().publish(Addresses.control(service), fields.copy().put("id", id));
    return change.done.future();
  }

  private void finish(String id) {
    Change change = open.remove(id);
    if (change == null) {
      return;
    }
    if (change.answers.isEmpty() && change.missing.isEmpty()) {
      change.done.complete(Outcome.nobody(change.service, SERVICES.get(change.service)));
      return;
    }
    List<Acknowledgement> answers = new ArrayList<>(change.answers);
    change.missing.forEach(instance -> answers.add(Acknowledgement.none(instance)));
    answers.sort(Comparator.comparing(Acknowledgement::instance));
    change.done.complete(Outcome.of(answers));
  }
}
