package io.callscope.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.callscope.bus.ProcessName;
import io.callscope.config.Role;
import io.callscope.tracker.stage.StageProgress;
import io.callscope.tracker.state.StateStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of a cluster. Joining and leaving block and are for the main thread; the
 * rest is for any thread but an event loop.
 */
public final class ClusterNode {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final String NODE_ID = "__vertx.nodeId";
  private static final long BUS_SECONDS = 60;
  private static final long POLL_MILLIS = 100;

  /** A connection on which nothing comes back for so long is given up. */
  private static final long PING_MILLIS = 5000;

  private final ClusterConfig config;
  private HazelcastInstance hazelcast;
  private StateStore states;
  private IMap<String, String> owners;
  private IMap<String, Boolean> leaving;
  private Context outside;
  private volatile boolean otherTracker;
  private volatile Runnable listener = () -> {};

  /** Where an event stage waits for other members, which may take long. */
  private final ExecutorService waiting =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "callscope-progress");
            thread.setDaemon(true);
            return thread;
          });

  public ClusterNode(ClusterConfig config) {
    this.config = config;
  }

  /**
   * Joins the cluster, or founds it if nobody is there yet, and starts the event bus. Done when all
   * that was reached fits together and somebody tracks calls.
   *
   * @throws ClusterException if that cannot be; the process has left again then
   */
  public Vertx join(VertxOptions options) throws ClusterException, InterruptedException {
    String address = OwnAddress.resolve(config.address(), config.isPublicAllowed());
    startMember(address);
    boolean joined = false;
    try {
      String conflict = config.self().conflict(inOrder());
      if (!conflict.isEmpty()) {
        throw new ClusterException(conflict);
      }
      Vertx vertx = startBus(options, address);
      try {
        new Greetings(vertx, config.self().process()).exchange(this::others);
        awaitTracker();
        outside = vertx.getOrCreateContext();
        joined = true;
        return vertx;
      } finally {
        if (!joined) {
          vertx.close().await();
        }
      }
    } finally {
      if (!joined) {
        leave();
      }
    }
  }

  private void startMember(String address) throws ClusterException {
    // Its first words come before it has read its configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    Map<String, String> attributes = new LinkedHashMap<>(config.self().attributes());
    attributes.put(NODE_ID, UUID.randomUUID().toString());
    try {
      hazelcast = Hazelcast.newHazelcastInstance(MemberConfig.of(config, address, attributes));
    } catch (HazelcastException | IllegalStateException e) {
      throw new ClusterException(
          "no member could be started on " + address + ": " + e.getMessage(), e);
    }
    states = new HazelcastStateStore(hazelcast);
    owners = hazelcast.getMap(MemberConfig.OWNERS);
    leaving = hazelcast.getMap(MemberConfig.LEAVING);
    watch();
    LOG.info(
        "{} is in cluster {} on {} with {}",
        config.self().process().text(),
        config.name(),
        hazelcast.getCluster().getLocalMember().getAddress(),
        others().isEmpty() ? "nobody yet" : others().size() + " others");
  }

  private Vertx startBus(VertxOptions options, String address)
      throws ClusterException, InterruptedException {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(address)
            .setPort(config.busPort())
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PING_MILLIS);
    if (config.tls() != null) {
      ClusterConfig.Tls tls = config.tls();
      bus.setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()))
          .setTrustOptions(new PemTrustOptions().addCertPath(tls.authorities()))
          .setClientAuth(ClientAuth.REQUIRED);
    }
    try {
      return SeparateDelivery.start(
              new VertxOptions(options).setEventBusOptions(bus),
              new HazelcastClusterManager(hazelcast))
          .await(BUS_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ClusterException("the event bus did not start within " + BUS_SECONDS + " s", e);
    } catch (RuntimeException e) { // an address in use, an unreadable certificate, whatever it is
      throw new ClusterException("the event bus could not be started: " + e.getMessage(), e);
    }
  }

  private void awaitTracker() throws ClusterException, InterruptedException {
    long startNanos = System.nanoTime();
    boolean told = false;
    while (members().stream().noneMatch(member -> member.has(Role.TRACKER))) {
      long waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      if (waitedMillis > config.waitMillis()) {
        throw new ClusterException(
            "no process that tracks calls was reached in cluster "
                + config.name()
                + " at "
                + String.join(", ", config.places())
                + " within "
                + TimeUnit.MILLISECONDS.toSeconds(config.waitMillis())
                + " s: does one run there, with the same -cluster_name?");
      }
      if (!told) {
        LOG.info("waiting for a process that tracks calls");
        told = true;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Leaves in good order, once the event bus is closed. */
  public void leave() {
    waiting.shutdown();
    if (hazelcast != null) {
      hazelcast.shutdown();
    }
  }

  /** Name of this process. */
  public ProcessName process() {
    return config.self().process();
  }

  /** Belongs to no verticle: what is deployed on it is nobody's child. */
  Context outside() {
    return outside;
  }

  ClusterConfig config() {
    return config;
  }

  HazelcastInstance hazelcast() {
    return hazelcast;
  }

  /** Where the states of partitions outlive this process. */
  public StateStore stateStore() {
    return states;
  }

  /** Where an event stage of this process goes on. */
  public StageProgress stageProgress() {
    return new SharedProgress(hazelcast.getMap(MemberConfig.PROGRESS), waiting);
  }

  /** Whether another process tracks calls and is to stay, as last seen. */
  public boolean hasOtherTracker() {
    return otherTracker;
  }

  void sawOtherTracker(boolean isThere) {
    otherTracker = isThere;
  }

  /** All processes that are there, this one too, by name. */
  List<MemberFacts> members() {
    return inOrder().stream()
        .sorted(Comparator.comparing(facts -> facts.process().text()))
        .toList();
  }

  /** The same in the order in which they joined, of which all members have the same view. */
  private List<MemberFacts> inOrder() {
    return hazelcast.getCluster().getMembers().stream()
        .map(Member::getAttributes)
        .map(MemberFacts::of)
        .filter(facts -> facts != null)
        .toList();
  }

  private List<MemberFacts> others() {
    return members().stream().filter(m -> !m.process().equals(process())).toList();
  }

  /** Names of the processes that are about to stop, or have been. */
  Set<String> leaving() {
    return new HashSet<>(leaving.keySet());
  }

  /** From now on this process gets no items any more. */
  void announceLeaving() {
    leaving.put(process().text(), true, 1, TimeUnit.HOURS);
  }

  IMap<String, String> owners() {
    return owners;
  }

  private static ProcessName process(Member member) {
    MemberFacts facts = MemberFacts.of(member.getAttributes());
    return facts == null ? null : facts.process();
  }

  /** Where the member of a process listens, empty if it is gone. */
  String address(ProcessName process) {
    return hazelcast.getCluster().getMembers().stream()
        .filter(member -> process.equals(ClusterNode.process(member)))
        .map(member -> member.getAddress().getHost() + ":" + member.getAddress().getPort())
        .findFirst()
        .orElse("");
  }

  /**
   * @param changed called after each change of members or owners, on threads that must not be
   *     blocked
   */
  void listen(Runnable changed) {
    listener = changed;
  }

  /** Nobody is told of changes any more. */
  void listenNoMore() {
    listener = () -> {};
  }

  private void watch() {
    Runnable changed = () -> listener.run();
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberAdded(MembershipEvent event) {
                changed.run();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                changed.run();
              }
            });
    hazelcast.getLifecycleService().addLifecycleListener(event -> changed.run());
    owners.addEntryListener((EntryUpdatedListener<String, String>) event -> changed.run(), false);
    leaving.addEntryListener((EntryAddedListener<String, Boolean>) event -> changed.run(), false);
  }
}
