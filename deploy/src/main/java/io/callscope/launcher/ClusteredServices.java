package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessName;
import io.callscope.bus.Version;
import io.callscope.bus.WireFormat;
import io.callscope.cluster.ClusterConfig;
import io.callscope.cluster.ClusterNode;
import io.callscope.cluster.ClusterVerticle;
import io.callscope.cluster.MemberFacts;
import io.callscope.cluster.OwnedGroup;
import io.callscope.config.Options;
import io.callscope.config.Role;
import io.callscope.config.Settings;
import io.callscope.pcapdump.PcapDumpVerticle;
import io.callscope.tracker.Tenure;
import io.callscope.tracker.stage.StageProgress;
import io.callscope.tracker.state.StateConfig;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process of a cluster runs instead of what one JVM does. */
final class ClusteredServices {
  private static final Logger LOG = LoggerFactory.getLogger(ClusteredServices.class);

  /** By then a process that stood still knows whether the others have taken it for dead. */
  private static final long AFTER_SLEEP_MILLIS = 12_000;

  private final Settings settings;
  private final ProcessName process;
  private final Set<Role> roles;
  private final int partitions;
  private final ClusterNode node;
  private final ItemFaults faults;
  private volatile ClusterVerticle items;

  /** Makes what tracks a partition. */
  interface Tracker {
    Deployable of(int partition, Tenure tenure, StateConfig state);
  }

  /** Makes the event stage. */
  interface Stage {
    Deployable of(
        Tenure tenure, StageProgress progress, BooleanSupplier hasSuccessor, Runnable slept);
  }

  ClusteredServices(
      Settings settings, ProcessName process, Set<Role> roles, int partitions, Faults faults) {
    this.settings = settings;
    this.process = process;
    this.roles = roles;
    this.partitions = partitions;
    this.faults = new ItemFaults(faults);
    node = new ClusterNode(config());
  }

  private ClusterConfig config() {
    String certificate = settings.get(Options.CLUSTER_TLS_CERT);
    boolean tls = !certificate.isEmpty();
    MemberFacts self =
        new MemberFacts(
            process,
            roles,
            Version.number(),
            WireFormat.VERSION,
            partitions,
            settings.get(Options.PCAP_DUMP_WORKERS),
            tls,
            System.currentTimeMillis());
    return new ClusterConfig(
        settings.get(Options.CLUSTER_NAME),
        self,
        settings.get(Options.CLUSTER_ADDR),
        settings.get(Options.CLUSTER_PUBLIC),
        settings.get(Options.CLUSTER_PORT),
        settings.get(Options.CLUSTER_BUS_PORT),
        settings.get(Options.CLUSTER_MEMBERS),
        settings.get(Options.CLUSTER_WAIT).toMillis(),
        tls
            ? new ClusterConfig.Tls(
                certificate,
                settings.get(Options.CLUSTER_TLS_KEY),
                settings.get(Options.CLUSTER_TLS_CA))
            : null);
  }

  Network network() {
    return new ClusteredNetwork(settings, node);
  }

  /** A partition that another process has taken is ended with the next look at who owns what. */
  private StateConfig state(int partition) {
    return new StateConfig(
        node.stateStore(), () -> LOG.warn("partition {} is run by another process now", partition));
  }

  /**
   * This process' share of partitions, pcap writers and the event stage, in the order of their end.
   */
  Service service(Stage eventStage, Tracker tracker, Supplier<PcapDumpVerticle> dump) {
    List<OwnedGroup> groups = new ArrayList<>();
    if (roles.contains(Role.TRACKER)) {
      groups.add(
          new OwnedGroup(
              "tracker",
              Role.TRACKER,
              partitions,
              Addresses::sip,
              (number, term, renew) ->
                  faults.watch(
                      "tracker",
                      number,
                      tracker.of(number, new Tenure(process, term), state(number)),
                      renew),
              new DeploymentOptions()));
      groups.add(
          new OwnedGroup(
              "eventstage",
              Role.TRACKER,
              1,
              number -> Addresses.EVENT_STAGE,
              (number, term, renew) ->
                  faults.watch(
                      "eventstage",
                      number,
                      eventStage.of(
                          new Tenure(process, term),
                          node.stageProgress(),
                          node::hasOtherTracker,
                          () -> renew.accept(AFTER_SLEEP_MILLIS)),
                      renew),
              new DeploymentOptions()));
    }
    if (roles.contains(Role.PCAPDUMP)) {
      groups.add(
          new OwnedGroup(
              "pcapdump",
              Role.PCAPDUMP,
              settings.get(Options.PCAP_DUMP_WORKERS),
              Addresses::dump,
              (number, term, renew) ->
                  faults.watch("pcapdump", number, dump.get().writer(number), renew),
              PcapDumpVerticle.writerOptions(DumpSettings.writers(settings, process, partitions))));
    }
    return new Service("cluster", () -> items = new ClusterVerticle(node, groups), 1, false, false);
  }

  /** Another service of pcap writers runs: they belong to it from now on. */
  void renewWriters() {
    if (items != null) {
      items.renew("pcapdump");
    }
  }
}
