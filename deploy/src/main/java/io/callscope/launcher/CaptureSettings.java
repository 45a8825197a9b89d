package io.callscope.launcher;

import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceNames;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings say of packets to read: files, or one source an interface. */
final class CaptureSettings {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureSettings.class);
  private static final String SERVICE = "capture";

  private CaptureSettings() {}

  static List<CaptureConfig> of(Settings settings, ProcessName process, int partitions) {
    List<String> files = settings.get(Options.PCAP);
    Set<String> interfaces = new LinkedHashSet<>(settings.get(Options.IFACE));
    if (!files.isEmpty()) {
      if (!interfaces.isEmpty()) {
        LOG.warn("-pcap is given, so -iface {} is not captured on", String.join(",", interfaces));
      }
      return List.of(files(settings, files, process, partitions));
    }
    List<CaptureConfig> configs = new ArrayList<>();
    for (String name : interfaces) {
      configs.add(live(settings, name, process, partitions));
    }
    return configs;
  }

  /** Names of the sources that end by themselves. */
  static Set<String> ending(List<CaptureConfig> configs) {
    return configs.stream()
        .filter(config -> config.input() instanceof FileInput)
        .map(CaptureConfig::source)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static CaptureConfig files(
      Settings settings, List<String> files, ProcessName process, int partitions) {
    ReplayOptions replay =
        new ReplayOptions(
            settings.get(Options.REPLAY),
            settings.get(Options.REPLAY_SCALE),
            settings.get(Options.REPLAY_MIN_DELAY).toNanos(),
            settings.get(Options.REPLAY_MAX_DELAY).toNanos());
    return new CaptureConfig(
        process.unique(SERVICE),
        process.unique(SourceNames.FILES),
        new FileInput(files, settings.get(Options.PCAP_LOOP), replay),
        settings.get(Options.BPF).strip(),
        decode(settings),
        partitions,
        CaptureConfig.FILE_CREDITS,
        DumpSettings.plan(settings));
  }

  /** A file that somebody has sent to be read once. */
  static CaptureConfig uploaded(
      Settings settings, String source, FileInput input, TcpTimeouts timeouts, int partitions) {
    DecodeOptions decode = decode(settings);
    return new CaptureConfig(
        source,
        source,
        input,
        "",
        new DecodeOptions(decode.vxlanPorts(), decode.tcp().with(timeouts)),
        partitions,
        CaptureConfig.FILE_CREDITS,
        DumpSettings.plan(settings));
  }

  /** As the program starts with them. */
  static TcpTimeouts timeouts(Settings settings) {
    return decode(settings).tcp().timeouts();
  }

  private static CaptureConfig live(
      Settings settings, String name, ProcessName process, int partitions) {
    return new CaptureConfig(
        process.unique(SERVICE + "." + name),
        process.unique(SourceNames.ofInterface(name)),
        new InterfaceInput(name, settings.get(Options.PCAP_BUF_KB), readTimeoutMillis(settings)),
        settings.get(Options.BPF).strip(),
        decode(settings),
        partitions,
        CaptureConfig.LIVE_CREDITS,
        DumpSettings.plan(settings));
  }

  private static DecodeOptions decode(Settings settings) {
    TcpOptions tcp =
        new TcpOptions(
            settings.get(Options.TCP_GC_INT).toNanos(),
            settings.get(Options.TCP_REORDER_TIMEOUT).toNanos(),
            settings.get(Options.TCP_CONNECTION_TIMEOUT).toNanos(),
            settings.get(Options.TCP_MSG_BUF),
            settings.get(Options.TCP_MSG_BUF_MAX),
            settings.get(Options.TCP_MAX_STREAMS),
            settings.get(Options.TCP_MAX_MEM),
            settings.get(Options.WEBSOCKET_PORTS));
    return new DecodeOptions(settings.get(Options.VXLAN_PORTS), tcp);
  }

  /** The shorter of what a read may block and the period of TCP housekeeping; 0 for no limit. */
  static int readTimeoutMillis(Settings settings) {
    long blocked = millis(settings.get(Options.MAX_BLOCKED_TIMEOUT));
    long housekeeping = millis(settings.get(Options.TCP_GC_INT));
    if (blocked == 0 || housekeeping == 0) {
      return (int) Math.max(blocked, housekeeping);
    }
    return (int) Math.min(blocked, housekeeping);
  }

  private static long millis(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return 0;
    }
    return Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }
}
