package io.callscope.cluster;

import io.callscope.bus.Addresses;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.Replies;
import io.callscope.cluster.OwnerTable.Step;
import io.callscope.cluster.OwnerTable.Taken;
import io.callscope.config.Role;
import io.callscope.counters.CounterGroup;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs this process' share of the cluster's items: looks after each change of members and each
 * second what it has to release and what it may take. Answers who is there and who owns what.
 */
public final class ClusterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterVerticle.class);
  private static final String SERVICE = "cluster";
  private static final long PERIOD_MILLIS = 1000;

  /** When it is said again that an item has moved: the news of a consumer takes a moment too. */
  private static final List<Long> MOVED_MILLIS = List.of(1L, 250L, 1000L);

  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final ClusterNode node;
  private final Map<String, OwnedGroup> groups = new LinkedHashMap<>();
  private final Map<Item, String> running = new HashMap<>();

  /** Not to be taken until they have ended, and for a while. */
  private final Set<Item> resting = new HashSet<>();

  private final ClusterCounters counters = new ClusterCounters();
  private OwnerTable owners;
  private CounterPublisher publisher;
  private MessageConsumer<JsonObject> questions;
  private WorkerExecutor worker;
  private long timer;
  private Set<String> known = Set.of();
  private boolean busy;
  private boolean again;
  private boolean stopping;

  /**
   * @param groups what this process may own something of; those that send come before those they
   *     send to
   */
  public ClusterVerticle(ClusterNode node, List<OwnedGroup> groups) {
    this.node = node;
    groups.forEach(group -> this.groups.put(group.what(), group));
  }

  /** Done when this process has what it may have at once. */
  @Override
  public Future<?> start() {
    owners = new OwnerTable(node.owners(), node.process().text(), System::currentTimeMillis);
    worker = vertx.createSharedWorkerExecutor("callscope-cluster", 1, 1, TimeUnit.MINUTES);
    node.listen(() -> context.runOnContext(ignored -> look()));
    timer = vertx.setPeriodic(PERIOD_MILLIS, id -> look());
    publisher = new CounterPublisher(vertx, SERVICE, node.process().unique(SERVICE), this::figures);
    questions = vertx.eventBus().consumer(Addresses.query(SERVICE), this::answer);
    return Future.all(questions.completion(), publisher.start()).compose(ready -> step());
  }

  private List<CounterGroup> figures() {
    counters.group.set(counters.owned, running.size());
    return List.of(counters.group);
  }

  private void look() {
    if (stopping) {
      return;
    }
    if (busy) {
      again = true;
      return;
    }
    step()
        .onFailure(cause -> LOG.warn("cannot look after the cluster's items", cause))
        .onComplete(
            done -> {
              if (again) {
                again = false;
                look();
              }
            });
  }

  private Future<?> step() {
    busy = true;
    Set<Item> held = Set.copyOf(running.keySet());
    Set<Item> left = Set.copyOf(resting);
    return worker
        .executeBlocking(() -> look(held, left))
        .onSuccess(look -> tellAlive(look.alive))
        .compose(look -> act(look.steps))
        .onComplete(done -> busy = false);
  }

  private record Look(Set<String> alive, List<Step> steps) {}

  /** On the worker. */
  private Look look(Set<Item> held, Set<Item> left) {
    List<MemberFacts> members = node.members();
    Set<String> alive =
        members.stream().map(member -> member.process().text()).collect(Collectors.toSet());
    Set<String> leaving = node.leaving();
    node.sawOtherTracker(
        members.stream()
            .filter(member -> member.has(Role.TRACKER))
            .map(member -> member.process().text())
            .anyMatch(name -> !name.equals(node.process().text()) && !leaving.contains(name)));
    List<Step> steps = new ArrayList<>();
    for (OwnedGroup group : groups.values()) {
      List<String> able =
          members.stream()
              .filter(member -> member.has(group.role()))
              .map(member -> member.process().text())
              .filter(process -> !leaving.contains(process))
              .toList();
      List<String> shares = Shares.of(group.what(), group.items(), able);
      steps.add(
          owners.step(group.what(), shares, alive, numbers(group, held), numbers(group, left)));
    }
    return new Look(alive, steps);
  }

  private static Set<Integer> numbers(OwnedGroup group, Set<Item> items) {
    return items.stream()
        .filter(item -> item.what().equals(group.what()))
        .map(Item::number)
        .collect(Collectors.toSet());
  }

  private void logChanges(Set<String> alive) {
    alive.stream()
        .filter(process -> !known.contains(process))
        .forEach(p -> LOG.info("{} is there", p));
    known.stream()
        .filter(process -> !alive.contains(process))
        .forEach(p -> LOG.info("{} is gone", p));
  }

  /** Sources of processes that are gone will never say that they have ended. */
  private void tellAlive(Set<String> alive) {
    counters.group.set(counters.members, alive.size());
    logChanges(alive);
    known = alive;
    JsonArray names = new JsonArray(new ArrayList<>(alive));
    vertx.eventBus().publish(Addresses.PROCESSES, new JsonObject().put("alive", names), LOCAL);
  }

  private Future<?> act(List<Step> steps) {
    List<Future<?>> all = new ArrayList<>();
    for (Step step : steps) {
      step.lost()
          .forEach(
              item -> {
                counters.group.increment(counters.lost);
                LOG.warn("{} {} has another owner now", item.what(), item.number());
                all.add(end(item));
              });
      step.release().forEach(item -> all.add(end(item).eventually(() -> release(item))));
      step.taken().forEach(taken -> all.add(begin(taken)));
    }
    return all.isEmpty() ? Future.succeededFuture() : Future.join(all).otherwiseEmpty();
  }

  private Future<?> end(Item item) {
    String deployment = running.remove(item);
    if (deployment == null) {
      return Future.succeededFuture(); // it is being renewed
    }
    return vertx
        .undeploy(deployment)
        .onFailure(cause -> LOG.warn("{} {} did not stop well", item.what(), item.number(), cause));
  }

  private Future<?> release(Item item) {
    counters.group.increment(counters.released);
    return worker.executeBlocking(
        () -> {
          owners.release(item);
          return null;
        },
        false);
  }

  private Future<?> begin(Taken taken) {
    Item item = taken.item();
    OwnedGroup group = groups.get(item.what());
    return deploy(group, taken)
        .onSuccess(
            deployment -> {
              running.put(item, deployment);
              counters.group.increment(counters.taken);
              LOG.info("{} {} is run here", item.what(), item.number());
              String address = group.address().apply(item.number());
              MOVED_MILLIS.forEach(delay -> vertx.setTimer(delay, id -> tellMoved(address)));
            })
        .onFailure(
            cause -> {
              counters.group.increment(counters.failed);
              LOG.error("{} {} cannot start here", item.what(), item.number(), cause);
              release(item);
            });
  }

  /** Not as a child: those end in any order, all at the same time, before their parent. */
  private Future<String> deploy(OwnedGroup group, Taken taken) {
    Promise<String> deployed = Promise.promise();
    Item item = taken.item();
    Deployable made =
        group
            .factory()
            .make(
                item.number(),
                taken.term(),
                waitMillis -> context.runOnContext(ignored -> renew(item, waitMillis)));
    node.outside()
        .runOnContext(
            ignored -> vertx.deployVerticle(made, group.options()).onComplete(deployed::handle));
    return deployed.future();
  }

  private void renew(Item item, long waitMillis) {
    if (stopping || !running.containsKey(item)) {
      return;
    }
    counters.group.increment(counters.renewed);
    resting.add(item);
    Future<?> ended = end(item).eventually(() -> release(item));
    Future<?> rested = vertx.timer(waitMillis, TimeUnit.MILLISECONDS);
    Future.join(ended, rested)
        .onComplete(
            done -> {
              resting.remove(item);
              look();
            });
  }

  /** All of a kind that run here are ended and made anew. Any thread. */
  public void renew(String what) {
    if (context != null) {
      context.runOnContext(
          ignored ->
              List.copyOf(running.keySet()).stream()
                  .filter(item -> item.what().equals(what))
                  .forEach(item -> renew(item, 1)));
    }
  }

  private void tellMoved(String address) {
    vertx.eventBus().publish(Addresses.MOVED, new JsonObject().put("address", address));
  }

  private void answer(Message<JsonObject> message) {
    if (!"members".equals(message.body().getString("query"))) {
      Replies.refuse(message, 400, "no such query: " + message.body().getString("query"));
      return;
    }
    worker
        .executeBlocking(() -> new ClusterView(node).json(), false)
        .onSuccess(answer -> Replies.give(message, answer))
        .onFailure(cause -> Replies.refuse(message, 500, String.valueOf(cause.getMessage())));
  }

  /** Hands over all that runs here. */
  @Override
  public Future<?> stop() {
    stopping = true;
    node.listenNoMore();
    vertx.cancelTimer(timer);
    Future<?> all =
        questions // the others can tell as well, and will be there
            .unregister()
            .eventually(
                () ->
                    worker.executeBlocking(
                        () -> {
                          node.announceLeaving();
                          return null;
                        }));
    for (String what : groups.keySet()) {
      all = all.eventually(() -> handOver(what));
    }
    return all.eventually(publisher::stop).eventually(worker::close);
  }

  private Future<?> handOver(String what) {
    List<Future<?>> ended = new ArrayList<>();
    for (Item item : Set.copyOf(running.keySet())) {
      if (item.what().equals(what)) {
        ended.add(end(item).eventually(() -> release(item)));
      }
    }
    return ended.isEmpty() ? Future.succeededFuture() : Future.join(ended);
  }
}
