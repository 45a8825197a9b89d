package io.callscope.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import java.util.List;
import java.util.Map;

/** What a member of the cluster is made of. */
final class MemberConfig {
  /** Who owns which item. */
  static final String OWNERS = "callscope.owners";

  /** Processes that are about to stop. */
  static final String LEAVING = "callscope.leaving";

  /** How far the event stage is. */
  static final String PROGRESS = "callscope.progress";

  /** States of partitions, each in a map of its own. */
  private static final String STATE = "callscope.state.";

  /** A member that says nothing for so long is out; the default is a minute. */
  private static final int HEARTBEAT_LIMIT_SECONDS = 10;

  private MemberConfig() {}

  /**
   * @param address own address, a literal
   * @param attributes what others are told of it, with that by which the event bus knows it
   */
  static Config of(ClusterConfig cluster, String address, Map<String, String> attributes) {
    Config config = ConfigUtil.loadConfig(); // has what the event bus needs
    config.setClusterName(cluster.name());
    properties(cluster)
        .forEach((name, value) -> config.setProperty("hazelcast." + name, value.toString()));
    network(config.getNetworkConfig(), cluster, address);
    attributes.forEach(config.getMemberAttributeConfig()::setAttribute);
    // Nobody reads them; while a member is gone they wait for it, entry by entry.
    config.getMetricsConfig().setEnabled(false);
    config.addMapConfig(new MapConfig(PROGRESS).setBackupCount(3));
    // Who listens where, of which each tells its own again after a merge.
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setMergePolicyConfig(
                new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
    // Losing who owns what would be worse than a few more copies of a small map.
    config.addMapConfig(new MapConfig(OWNERS).setBackupCount(3));
    config.addMapConfig(
        new MapConfig(STATE + "*")
            .setInMemoryFormat(InMemoryFormat.BINARY)
            .setBackupCount(1)
            .setStatisticsEnabled(false)
            .setPerEntryStatsEnabled(false)
            .setMergePolicyConfig(
                new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.getWhitelist().addPrefixes("java.lang.", "java.util.", "com.hazelcast.", "io.vertx.");
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    return config;
  }

  /** Name of the map that holds the state of a partition. */
  static String stateOf(int partition) {
    return STATE + partition;
  }

  private static Map<String, Object> properties(ClusterConfig cluster) {
    return Map.ofEntries(
        Map.entry("phone.home.enabled", false),
        Map.entry("logging.type", "slf4j"),
        Map.entry("shutdownhook.enabled", false),
        Map.entry("socket.bind.any", false),
        Map.entry("wait.seconds.before.join", 0),
        Map.entry("tcp.join.port.try.count", cluster.port() == 0 ? ClusterConfig.PORTS : 1),
        Map.entry("heartbeat.interval.seconds", 1),
        Map.entry("max.no.heartbeat.seconds", HEARTBEAT_LIMIT_SECONDS),
        Map.entry("master.confirmation.interval.seconds", 2),
        Map.entry("max.no.master.confirmation.seconds", 2 * HEARTBEAT_LIMIT_SECONDS),
        // Two halves of a cluster that was cut find each other again soon.
        Map.entry("merge.first.run.delay.seconds", HEARTBEAT_LIMIT_SECONDS),
        Map.entry("merge.next.run.delay.seconds", HEARTBEAT_LIMIT_SECONDS),
        Map.entry("graceful.shutdown.max.wait", HEARTBEAT_LIMIT_SECONDS),
        Map.entry("operation.call.timeout.millis", 2000 * HEARTBEAT_LIMIT_SECONDS));
  }

  private static void network(NetworkConfig network, ClusterConfig cluster, String address) {
    if (cluster.port() == 0) {
      network.setPort(ClusterConfig.FIRST_PORT);
      network.setPortAutoIncrement(true).setPortCount(ClusterConfig.PORTS);
    } else {
      network.setPort(cluster.port()).setPortAutoIncrement(false);
    }
    network.getInterfaces().setEnabled(true).setInterfaces(List.of(address));
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(cluster.places());
  }
}
