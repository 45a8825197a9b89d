package example;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.PrintStream;
import java.util.List;

/**
 * Joins a cluster of Callscope as a member that holds none of its data, and prints each call that
 * begins or ends, a line of JSON each.
 *
 * <pre>
 * java ... example.Subscriber 10.0.0.9 10.0.0.1,10.0.0.2 [chain.pem key.pem ca.pem]
 * </pre>
 *
 * The cluster is the one that {@code CALLSCOPE_CLUSTER_NAME} names, else {@code callscope}.
 */
public final class Subscriber {
  private static final List<String> TYPES = List.of("call-start", "call-end");

  private Subscriber() {}

  public static void main(String[] arguments) {
    if (arguments.length != 2 && arguments.length != 5) {
      System.err.println("usage: Subscriber OWN-ADDRESS MEMBER[,MEMBER...] [CHAIN KEY CA]");
      System.exit(2);
    }
    List<String> all = List.of(arguments);
    String cluster = System.getenv().getOrDefault("CALLSCOPE_CLUSTER_NAME", "callscope");
    List<String> members = List.of(all.get(1).split(",", -1));
    try {
      Vertx vertx = join(cluster, all.get(0), members, all.subList(2, all.size()));
      listen(vertx.eventBus(), System.out);
      System.err.println("listening");
      // Only a member that leaves in good order is not missed for ten seconds.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> vertx.close().await()));
    } catch (RuntimeException e) { // such as that nobody is there who could hold data
      System.err.println("cannot join " + cluster + ": " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Waits until it is a member.
   *
   * @param address own address, of one interface
   * @param members addresses of others
   * @param certificates chain, key and authorities of the event bus, or none
   */
  public static Vertx join(
      String cluster, String address, List<String> members, List<String> certificates) {
    EventBusOptions bus = new EventBusOptions().setHost(address);
    if (!certificates.isEmpty()) {
      bus.setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(certificates.get(0))
                  .setKeyPath(certificates.get(1)))
          .setTrustOptions(new PemTrustOptions().addCertPath(certificates.get(2)))
          .setClientAuth(ClientAuth.REQUIRED);
    }
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(bus))
        .withClusterManager(new HazelcastClusterManager(member(cluster, address, members)))
        .buildClustered()
        .await();
  }

  private static Config member(String cluster, String address, List<String> members) {
    System.setProperty("hazelcast.logging.type", "none");
    Config config = ConfigUtil.loadConfig();
    config
        .setClusterName(cluster)
        .setLiteMember(true) // state of calls is for trackers
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
        .setProperty("hazelcast.tcp.join.port.try.count", "16");
    NetworkConfig network = config.getNetworkConfig().setPort(5701).setPortCount(16);
    network.getInterfaces().setEnabled(true).setInterfaces(List.of(address));
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(members);
    return config;
  }

  public static void listen(EventBus bus, PrintStream out) {
    bus.registerCodec(new EventCodec());
    for (String type : TYPES) {
      bus.<JsonObject>consumer("callscope.event." + type, event -> out.println(event.body()));
    }
  }
}
