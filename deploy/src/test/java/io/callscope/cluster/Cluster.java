package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.bus.WireFormat;
import io.callscope.config.Role;
import io.callscope.launcher.Program;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of real processes on the loopback, of a name and on ports of its own. The test's JVM
 * can join it too, as another service would, and listens. All end with it.
 */
final class Cluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 150;
  private static final long ANSWER_SECONDS = 3;
  private static final long PAUSE_MILLIS = 50;
  static final int WRITERS = 4;
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final int partitions;
  private final List<Integer> ports = new ArrayList<>();
  private final Map<Integer, Host> hosts = new HashMap<>();
  private final List<Program> programs = new ArrayList<>();
  private final List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final String name = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private String address = LOOPBACK;
  private int started;
  private ClusterNode node;
  private Vertx vertx;

  Cluster(Path folder, int partitions, int processes) throws IOException {
    this.folder = folder;
    this.partitions = partitions;
    while (ports.size() < processes + 1) {
      int port = Program.freePort();
      if (!ports.contains(port)) {
        ports.add(port);
      }
    }
  }

  /**
   * Another machine, or what stands for one.
   *
   * @param command what makes a program run there
   */
  private record Host(String address, List<String> command) {}

  /** All but those that {@link #place} puts elsewhere are reached at this address. */
  void listenOn(String own) {
    address = own;
  }

  /** A process runs elsewhere. */
  void place(int process, String elsewhere, String... command) {
    hosts.put(process, new Host(elsewhere, List.of(command)));
  }

  private Host host(int process) {
    return hosts.getOrDefault(process, new Host(address, List.of()));
  }

  private String place(int process) {
    return host(process).address + ":" + ports.get(process);
  }

  private String members() {
    return IntStream.range(0, ports.size()).mapToObj(this::place).collect(Collectors.joining(","));
  }

  /** What every process of it is given. */
  List<String> options(int process) {
    return List.of(
        "-cluster",
        "-cluster_name",
        name,
        "-cluster_members",
        members(),
        "-cluster_addr",
        host(process).address,
        "-cluster_port",
        "" + ports.get(process),
        "-partitions",
        "" + partitions,
        "-pcap_dump_workers",
        "" + WRITERS);
  }

  /** Starts a process; those of an index take each other's place. */
  Program start(int process, String roles, String... more) throws IOException {
    Path own = Files.createDirectories(folder.resolve("process" + started++ + "-" + roles));
    Program program =
        new Program(own)
            .by(host(process).command.toArray(String[]::new))
            .java("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    programs.add(program);
    List<String> options = new ArrayList<>(options(process));
    options.addAll(List.of("-roles", roles));
    options.addAll(List.of(more));
    return program.start(options.toArray(String[]::new));
  }

  /** The test's JVM joins, on the last port, and hears all events. */
  void join() throws Exception {
    MemberFacts self =
        new MemberFacts(
            new ProcessName("test-" + ProcessHandle.current().pid()),
            Set.<Role>of(),
            "test",
            WireFormat.VERSION,
            partitions,
            WRITERS,
            false,
            0);
    node =
        new ClusterNode(
            new ClusterConfig(
                name,
                self,
                address,
                false,
                ports.get(ports.size() - 1),
                0,
                List.of(members().split(",")),
                TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
                null));
    vertx = node.join(new VertxOptions());
    BusCodecs.register(vertx.eventBus());
    for (EventType type : EventType.values()) {
      hear(Addresses.event(type), events::add);
    }
  }

  private void hear(String address, Consumer<CallEvent> consumer) {
    vertx
        .eventBus()
        .<CallEvent>consumer(address, message -> consumer.accept(message.body()))
        .completion()
        .await();
  }

  Vertx vertx() {
    return vertx;
  }

  /** All events so far, in the order in which they came. */
  List<CallEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  void awaitEvents(int more) throws Exception {
    int before = events().size();
    await(() -> events().size() > before + more);
  }

  /** Of one type the numbers rise: an owner that was replaced would go on with its own. */
  void assertOneOwnerTold() {
    assertThat(events().stream().map(CallEvent::number).toList()).doesNotHaveDuplicates();
    assertThat(outOfTurn()).isZero();
  }

  /** How many events came behind one of their type with the same or a higher number. */
  int outOfTurn() {
    Map<EventType, Long> last = new EnumMap<>(EventType.class);
    int late = 0;
    for (CallEvent event : events()) {
      if (event.number() <= last.getOrDefault(event.type(), -1L)) {
        late++;
      } else {
        last.put(event.type(), event.number());
      }
    }
    return late;
  }

  /** Who is there and who owns what. Asked again where whoever was asked is gone or frozen. */
  JsonObject view() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    JsonObject query = new JsonObject().put("query", "members");
    while (true) {
      try {
        return vertx
            .eventBus()
            .<JsonObject>request(Addresses.query("cluster"), query)
            .await(ANSWER_SECONDS, TimeUnit.SECONDS)
            .body();
      } catch (ReplyException | TimeoutException e) {
        assertThat(System.nanoTime()).as(this::errors).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** The owners of items of a kind. */
  List<String> owners(String what) throws Exception {
    return view().getJsonArray("owners").stream()
        .map(JsonObject.class::cast)
        .filter(owner -> owner.getString("what").equals(what))
        .map(owner -> owner.getString("process"))
        .toList();
  }

  /** What the process of an index is called; empty while it is not there. */
  String nameOf(int process) throws Exception {
    return view().getJsonArray("members").stream()
        .map(JsonObject.class::cast)
        .filter(member -> member.getString("address").equals(place(process)))
        .map(member -> member.getString("process"))
        .findFirst()
        .orElse("");
  }

  /** Waits until all partitions and the event stage are run by so many processes that are there. */
  void awaitShared(int trackers) throws Exception {
    await(
        () -> {
          List<String> owners = owners("tracker");
          List<String> alive =
              view().getJsonArray("members").stream()
                  .map(member -> ((JsonObject) member).getString("process"))
                  .toList();
          return owners.size() == partitions
              && owners.stream().distinct().count() == trackers
              && alive.containsAll(owners)
              && alive.containsAll(owners("eventstage"))
              && owners("eventstage").size() == 1;
        });
  }

  void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(this::errors).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** What all processes have said on standard error. */
  String errors() {
    StringBuilder text = new StringBuilder("in time\n");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("err")).sorted().toList()) {
        text.append("--- ").append(file.getParent().getFileName()).append('\n');
        text.append(Files.readString(file));
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    if (vertx != null) {
      vertx.close().await();
      node.leave();
    }
  }
}
