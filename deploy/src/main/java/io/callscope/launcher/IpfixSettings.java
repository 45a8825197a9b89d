package io.callscope.launcher;

import io.callscope.bus.ProcessName;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.ipfix.IpfixConfig;
import io.callscope.ipfix.IpfixRegistry;

/** What the options mean to the collectors of the SBCs' feed. */
final class IpfixSettings {
  private IpfixSettings() {}

  /**
   * @param instance which of the collectors that share the port
   * @param registry shared by all of them
   */
  static IpfixConfig of(
      Settings settings,
      ProcessName process,
      int instance,
      int partitions,
      IpfixRegistry registry) {
    int port = settings.get(Options.IPFIX_PORT);
    return new IpfixConfig(
        process.unique("ipfix." + instance),
        process.unique("ipfix:" + port + "." + instance),
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
  }

  /** Connections of one collector: they share all there may be. */
  private static int placesOfOne(Settings settings) {
    int instances = settings.get(Options.IPFIX_INSTANCES);
    return (settings.get(Options.IPFIX_MAX_CONNECTIONS) + instances - 1) / instances;
  }
}
