package io.callscope.launcher;

import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceNames;
import io.callscope.capture.CaptureVerticle;
import io.callscope.capture.InjectVerticle;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.config.Options;
import io.callscope.config.Role;
import io.callscope.config.Settings;
import io.callscope.ipfix.IpfixConfig;
import io.callscope.ipfix.IpfixRegistry;
import io.callscope.ipfix.IpfixVerticle;
import io.callscope.pcapdump.PcapDumpConfig;
import io.callscope.pcapdump.PcapDumpVerticle;
import io.callscope.tracker.EventStageConfig;
import io.callscope.tracker.EventStageVerticle;
import io.callscope.tracker.Tenure;
import io.callscope.tracker.TrackerVerticle;
import io.callscope.tracker.stage.StageProgress;
import io.callscope.tracker.state.StateConfig;
import io.callscope.web.WebConfig;
import io.callscope.web.WebVerticle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Chooses and configures the services that the settings ask for. */
final class Services {
  /** Partitions of a cluster: more than trackers are likely to be there. */
  private static final int CLUSTER_PARTITIONS = 16;

  private final Settings settings;
  private final List<String> arguments;
  private final ProcessName process;
  private final int partitions;
  private final Set<Role> roles;
  private final List<Service> services = new ArrayList<>();

  /** Makes the writers of this process in a cluster. */
  private PcapDumpVerticle dump;

  /** Null in one JVM. */
  private ClusteredServices cluster;

  private Services(Settings settings, List<String> arguments, ProcessName process) {
    this.settings = settings;
    this.arguments = arguments;
    this.process = process;
    partitions = partitions(settings);
    roles = roles(settings);
  }

  /**
   * Receivers come before those who send to them, so that nothing is sent to nobody.
   *
   * @param arguments as they were given, for the pages
   */
  static Plan plan(Settings settings, List<String> arguments) {
    boolean clustered = settings.get(Options.CLUSTER);
    ProcessName process = clustered ? ProcessNames.make() : ProcessName.ALONE;
    return new Services(settings, arguments, process).plan(clustered);
  }

  private Plan plan(boolean clustered) {
    Faults faults = new Faults(Runtime.getRuntime()::halt);
    if (settings.get(Options.HEALTH_PORT) != 0) {
      services.add(health(settings));
    }
    if (roles.contains(Role.WEB)) {
      WebConfig config = WebSettings.of(settings, process, partitions, commandLine(arguments));
      services.add(new Service("web", () -> new WebVerticle(config), 1, false));
    }
    if (roles.contains(Role.PCAPDUMP)) {
      PcapDumpConfig config = DumpSettings.writers(settings, process, partitions);
      services.add(new Service("pcapdump", () -> dump(config), 1, false));
    }
    Network network = clustered ? clustered(faults) : local();
    if (roles.contains(clustered ? Role.WEB : Role.TRACKER)) {
      services.add(inject());
    }
    services.add(
        new Service(
            "process",
            () -> new ProcessVerticle(settings, commandLine(arguments), faults::counters, process),
            1,
            false));
    if (roles.contains(Role.IPFIX)) {
      IpfixRegistry registry = new IpfixRegistry();
      for (int i = 0; i < settings.get(Options.IPFIX_INSTANCES); i++) {
        IpfixConfig config = IpfixSettings.of(settings, process, i, partitions, registry);
        services.add(new Service("ipfix", () -> new IpfixVerticle(config), 1, true));
      }
    }
    // Last, so that a port that is taken is told before files are read.
    List<CaptureConfig> captures =
        roles.contains(Role.CAPTURE)
            ? CaptureSettings.of(settings, process, partitions)
            : List.of();
    for (CaptureConfig capture : captures) {
      boolean live = capture.input() instanceof InterfaceInput;
      services.add(new Service("capture", () -> new CaptureVerticle(capture), 1, true, live));
    }
    return new Plan(
        List.copyOf(services),
        CaptureSettings.ending(captures),
        faults,
        process,
        network,
        partitions);
  }

  /** What the settings ask for, of which {@code -roles} may choose. */
  static Set<Role> roles(Settings settings) {
    if (!settings.get(Options.ROLES).isEmpty()) {
      return EnumSet.copyOf(settings.get(Options.ROLES));
    }
    Set<Role> roles = EnumSet.of(Role.TRACKER);
    if (!settings.get(Options.PCAP).isEmpty() || !settings.get(Options.IFACE).isEmpty()) {
      roles.add(Role.CAPTURE);
    }
    if (settings.get(Options.IPFIX_PORT) != 0) {
      roles.add(Role.IPFIX);
    }
    if (!settings.get(Options.PCAP_DUMP_DIR).isEmpty()) {
      roles.add(Role.PCAPDUMP);
    }
    if (settings.get(Options.HTTP_PORT) != 0) {
      roles.add(Role.WEB);
    }
    return roles;
  }

  private Network local() {
    services.add(
        new Service(
            "eventstage",
            () -> eventStage(Tenure.ALONE, StageProgress.NONE, () -> false, () -> {}),
            1,
            false));
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      AtomicLong starts = new AtomicLong();
      services.add(
          new Service(
              "tracker",
              () -> tracker(partition, Tenure.alone(starts.getAndIncrement()), null),
              1,
              false));
    }
    return new LocalNetwork();
  }

  private PcapDumpVerticle dump(PcapDumpConfig config) {
    dump = new PcapDumpVerticle(config);
    if (cluster != null) {
      cluster.renewWriters();
    }
    return dump;
  }

  private Network clustered(Faults faults) {
    cluster = new ClusteredServices(settings, process, roles, partitions, faults);
    services.add(cluster.service(this::eventStage, this::tracker, () -> dump));
    return cluster.network();
  }

  /** Partitions of call tracking: in one JVM a processor is left to the source. */
  static int partitions(Settings settings) {
    int given = settings.get(Options.PARTITIONS);
    if (given == 0 && settings.get(Options.CLUSTER)) {
      return CLUSTER_PARTITIONS;
    }
    return given > 0 ? given : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private static Service health(Settings settings) {
    String host = settings.get(Options.HEALTH_ADDR);
    int port = settings.get(Options.HEALTH_PORT);
    return new Service("health", () -> new HealthVerticle(host, port), 1, false);
  }

  /** The program and its arguments, secrets masked. */
  private static String commandLine(List<String> arguments) {
    return "callscope " + String.join(" ", Settings.masked(arguments));
  }

  private EventStageVerticle eventStage(
      Tenure tenure, StageProgress progress, BooleanSupplier hasSuccessor, Runnable slept) {
    int dropped = 0;
    for (EventType type : settings.get(Options.EVENT_TYPES_BLST)) {
      dropped |= type.bit();
    }
    return new EventStageVerticle(
        new EventStageConfig(
            partitions,
            dropped,
            TrackerSettings.rates(settings),
            () -> DumpSettings.naming(settings),
            tenure,
            progress,
            hasSuccessor,
            slept));
  }

  /**
   * @param state how it outlives its process, null if it does not
   */
  private TrackerVerticle tracker(int partition, Tenure tenure, StateConfig state) {
    return new TrackerVerticle(
        TrackerSettings.partition(settings, partition, partitions, tenure, state));
  }

  /**
   * Needs no input: in one JVM it runs wherever calls are tracked, in a cluster beside the pages
   * that ask for it.
   */
  private Service inject() {
    String instance = process.unique(SourceNames.INJECT);
    InjectVerticle.Reader reader =
        (source, input, timeouts) ->
            new CaptureVerticle(
                CaptureSettings.uploaded(settings, source, input, timeouts, partitions));
    return new Service(
        "inject",
        () ->
            new InjectVerticle(
                instance,
                partitions,
                DumpSettings.plan(settings),
                CaptureSettings.timeouts(settings),
                reader),
        1,
        true);
  }
}
