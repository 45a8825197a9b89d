package io.callscope.launcher;

import io.callscope.bus.DumpPlan;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.bus.Version;
import io.callscope.capture.CaptureConfig;
import io.callscope.capture.CaptureVerticle;
import io.callscope.capture.InjectVerticle;
import io.callscope.capture.InterfaceInput;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.ipfix.IpfixConfig;
import io.callscope.ipfix.IpfixRegistry;
import io.callscope.ipfix.IpfixVerticle;
import io.callscope.net.IpAddress;
import io.callscope.pcapdump.PcapDumpConfig;
import io.callscope.pcapdump.PcapDumpVerticle;
import io.callscope.tracker.EventStageConfig;
import io.callscope.tracker.EventStageVerticle;
import io.callscope.tracker.TrackerVerticle;
import io.callscope.web.WebConfig;
import io.callscope.web.WebVerticle;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and configures the services that the settings ask for. */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private Services() {}

  /**
   * Receivers come before those who send to them, so that nothing is sent to nobody.
   *
   * @param arguments as they were given, for the pages
   */
  static Plan plan(Settings settings, List<String> arguments) {
    int partitions = partitions(settings);
    List<Service> services = new ArrayList<>();
    Faults faults = new Faults(Runtime.getRuntime()::halt);
    if (settings.get(Options.HEALTH_PORT) != 0) {
      services.add(health(settings));
    }
    if (settings.get(Options.HTTP_PORT) != 0) {
      services.add(web(settings, arguments, partitions));
    }
    services.add(eventStage(settings, partitions));
    for (int i = 0; i < partitions; i++) {
      services.add(tracker(settings, i, partitions));
    }
    DumpPlan dump = DumpSettings.plan(settings);
    if (dump.workers() > 0) {
      PcapDumpConfig config = DumpSettings.writers(settings, partitions);
      services.add(new Service("pcapdump", () -> new PcapDumpVerticle(config), 1, false));
    }
    services.add(inject(settings, partitions));
    services.add(
        new Service(
            "process",
            () -> new ProcessVerticle(settings, commandLine(arguments), faults::counters),
            1,
            false));
    if (settings.get(Options.IPFIX_PORT) != 0) {
      IpfixRegistry registry = new IpfixRegistry();
      for (int i = 0; i < settings.get(Options.IPFIX_INSTANCES); i++) {
        services.add(ipfix(settings, i, partitions, registry));
      }
    }
    // Last, so that a port that is taken is told before files are read.
    List<CaptureConfig> captures = CaptureSettings.of(settings, partitions);
    for (CaptureConfig capture : captures) {
      boolean live = capture.input() instanceof InterfaceInput;
      services.add(new Service("capture", () -> new CaptureVerticle(capture), 1, true, live));
    }
    return new Plan(List.copyOf(services), CaptureSettings.ending(captures), faults);
  }

  private static Service ipfix(
      Settings settings, int instance, int partitions, IpfixRegistry registry) {
    int port = settings.get(Options.IPFIX_PORT);
    IpfixConfig config =
        new IpfixConfig(
            "ipfix." + instance,
            "ipfix:" + port + "." + instance,
            settings.get(Options.IPFIX_ADDR),
            port,
            settings.get(Options.IPFIX_TIMEOUT_MIN),
            settings.get(Options.IPFIX_TIMEOUT_MAX),
            settings.get(Options.IPFIX_IGNORE_INGRESS),
            settings.get(Options.IPFIX_IGNORE_EGRESS),
            settings.get(Options.IPFIX_QOS),
            settings.get(Options.IPFIX_ALLOW),
            placesOfOne(settings),
            partitions,
            IpfixConfig.DEFAULT_CREDITS,
            IpfixConfig.DEFAULT_HANDOVER_BYTES,
            registry,
            DumpSettings.plan(settings));
    return new Service("ipfix", () -> new IpfixVerticle(config), 1, true);
  }

  /** Connections of one collector: they share all there may be. */
  private static int placesOfOne(Settings settings) {
    int instances = settings.get(Options.IPFIX_INSTANCES);
    return (settings.get(Options.IPFIX_MAX_CONNECTIONS) + instances - 1) / instances;
  }

  /** Partitions of call tracking in this process: a processor is left to the source. */
  static int partitions(Settings settings) {
    int given = settings.get(Options.PARTITIONS);
    return given > 0 ? given : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private static Service web(Settings settings, List<String> arguments, int partitions) {
    ServerConfig server =
        new ServerConfig(
            settings.get(Options.HTTP_TLS_CERT),
            settings.get(Options.HTTP_TLS_KEY),
            settings.get(Options.HTTP_MAX_CONNECTIONS),
            ServerConfig.PATIENCE_MILLIS,
            settings.get(Options.BUS_BRIDGE));
    SecurityConfig security =
        new SecurityConfig(
            settings.get(Options.HTTP_USERS),
            settings.get(Options.HTTP_HOSTS),
            settings.get(Options.HTTP_PROXIES),
            settings.get(Options.HTTP_SESSION_IDLE).toMillis(),
            settings.get(Options.HTTP_SESSION_MAX).toMillis(),
            isExposed(settings.get(Options.HTTP_ADDR)),
            server.tls());
    if (!security.warning().isEmpty()) {
      LOG.warn("web server on {}: {}", settings.get(Options.HTTP_ADDR), security.warning());
    }
    WebConfig config =
        new WebConfig(
            settings.get(Options.HTTP_ADDR),
            settings.get(Options.HTTP_PORT),
            settings.get(Options.EVENT_BUFFER_SIZE),
            partitions,
            settings.effective(),
            Version.text(),
            commandLine(arguments),
            System.nanoTime(),
            server,
            security,
            ProcessName.ALONE);
    return new Service("web", () -> new WebVerticle(config), 1, false);
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

  /** Any address but one of this machine's own loopback; a name may be anything. */
  static boolean isExposed(String address) {
    byte[] bytes = IpAddress.parse(address);
    if (bytes == null) {
      return !address.equals("localhost");
    }
    return !IpAddress.isLoopback(IpAddress.high(bytes), IpAddress.low(bytes));
  }

  private static Service eventStage(Settings settings, int partitions) {
    int dropped = 0;
    for (EventType type : settings.get(Options.EVENT_TYPES_BLST)) {
      dropped |= type.bit();
    }
    EventStageConfig config =
        new EventStageConfig(
            partitions,
            dropped,
            TrackerSettings.rates(settings),
            () -> DumpSettings.naming(settings));
    return new Service("eventstage", () -> new EventStageVerticle(config), 1, false);
  }

  private static Service tracker(Settings settings, int partition, int partitions) {
    var config = TrackerSettings.partition(settings, partition, partitions);
    return new Service("tracker", () -> new TrackerVerticle(config), 1, false);
  }

  /** Runs wherever calls are tracked: it needs no input. */
  private static Service inject(Settings settings, int partitions) {
    InjectVerticle.Reader reader =
        (source, input, timeouts) ->
            new CaptureVerticle(
                CaptureSettings.uploaded(settings, source, input, timeouts, partitions));
    return new Service(
        "inject",
        () ->
            new InjectVerticle(
                InjectVerticle.NAME,
                partitions,
                DumpSettings.plan(settings),
                CaptureSettings.timeouts(settings),
                reader),
        1,
        true);
  }
}
