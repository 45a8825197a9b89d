package io.callscope.launcher;

import io.callscope.bus.DumpPlan;
import io.callscope.bus.ProcessName;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.pcap.CallFileNames;
import io.callscope.pcapdump.PcapDumpConfig;
import io.callscope.tracker.stage.FileNaming;
import java.nio.file.Path;

/** What the options mean to the pcap writers and to those who feed them. */
final class DumpSettings {
  private DumpSettings() {}

  /**
   * Where there is a directory there are writers: they can be switched on later. In a cluster they
   * may be elsewhere.
   */
  static DumpPlan plan(Settings settings) {
    if (settings.get(Options.PCAP_DUMP_DIR).isEmpty() && !settings.get(Options.CLUSTER)) {
      return DumpPlan.NONE;
    }
    return new DumpPlan(
        settings.get(Options.PCAP_DUMP_WORKERS),
        settings.get(Options.PCAP_DUMP_QUEUE_LEN),
        settings.get(Options.PCAP_DUMP_ON),
        settings.get(Options.PCAP_DUMP_ONERR));
  }

  static CallFileNames callFiles(Settings settings) {
    return new CallFileNames(
        settings.get(Options.PCAP_DUMP_PREFIX),
        settings.get(Options.PCAP_DUMP_SUFFIX),
        settings.get(Options.PCAP_DUMP_EXTENSION),
        settings.get(Options.PCAP_DUMP_SUBDIRS));
  }

  /** How events name the files of their calls. */
  static FileNaming naming(Settings settings) {
    DumpPlan plan = plan(settings);
    return plan.workers() == 0
        ? FileNaming.none()
        : new FileNaming(callFiles(settings), plan.on(), plan.errors());
  }

  static PcapDumpConfig writers(Settings settings, ProcessName process, int partitions) {
    DumpPlan plan = plan(settings);
    return new PcapDumpConfig(
        process,
        Path.of(settings.get(Options.PCAP_DUMP_DIR)),
        callFiles(settings),
        plan.on(),
        plan.errors(),
        plan.workers(),
        partitions,
        settings.get(Options.PCAP_DUMP_FLUSH).toMillis(),
        settings.get(Options.PCAP_DUMP_MAX_OPEN),
        settings.get(Options.PCAP_DUMP_MEM),
        settings.get(Options.PCAP_DUMP_MAX_SIZE),
        settings.get(Options.PCAP_DUMP_MAX_AGE).toMillis());
  }
}
