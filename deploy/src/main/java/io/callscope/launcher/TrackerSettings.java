package io.callscope.launcher;

import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.config.WalkedEntries;
import io.callscope.tracker.Tenure;
import io.callscope.tracker.TrackerConfig;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.state.StateConfig;
import java.time.Duration;

/** What the options mean to the tracker and the event stage. */
final class TrackerSettings {
  private static final long UNLIMITED = 1L << 40;

  /** Call-IDs of which what SBCs tell is kept, in a process: some 250 bytes each, 5 KB at most. */
  private static final int MAX_LEGS = 1 << 20;

  private static final int MIN_LEGS = 1 << 14;

  private TrackerSettings() {}

  /** A limit of the process is shared out evenly over its partitions. */
  static TrackerConfig partition(
      Settings settings, int partition, int partitions, Tenure tenure, StateConfig state) {
    return new TrackerConfig(
        partition,
        () -> calls(settings, partition, partitions),
        share(settings.get(Options.TRACE_MEM), partition, partitions),
        new LegSettings(
            Math.max(MIN_LEGS, MAX_LEGS / partitions),
            settings.get(Options.IPFIX_QOS_WAIT).toNanos()),
        tenure,
        state);
  }

  private static CallSettings calls(Settings settings, int partition, int partitions) {
    return new CallSettings()
        .timeouts(settings.get(Options.CALLS_TIMEOUTS))
        .leakChecks((settings.get(Options.DEBUG_CALLTR) & 1) != 0)
        .callLimits(
            share(settings.get(Options.CALLS_MAX_ENTRIES), partition, partitions),
            share(settings.get(Options.CALLS_MAX_MEM), partition, partitions))
        .bindingLimits(
            share(settings.get(Options.REGS_MAX_ENTRIES), partition, partitions),
            share(settings.get(Options.REGS_MAX_MEM), partition, partitions))
        .maxLifetime(settings.get(Options.REG_EXP_MAX))
        .registrations(
            Math.toIntExact(Math.min(settings.get(Options.REG_EXP_DELTA), Integer.MAX_VALUE)),
            settings.get(Options.REG_DEL_DELAY),
            settings.get(Options.CONTACT_IGNORE_PORT));
  }

  /** The shares add up to the limit; one that comes out as 0 would mean no limit, so it is 1. */
  static long share(long limit, int partition, int partitions) {
    if (limit == 0) {
      return 0;
    }
    long share = limit / partitions + (partition < limit % partitions ? 1 : 0);
    return Math.max(1, share);
  }

  static RateSettings rates(Settings settings) {
    long max = settings.get(Options.EVR_MAX_ENTRIES);
    GcSettings gc =
        GcSettings.defaults(max == 0 ? UNLIMITED : max)
            .with(
                new GcSettings.Periodic(
                    settings.get(Options.EVR_GC_INTERVAL).toNanos(),
                    settings.get(Options.EVR_GC_OLD_AGE).toNanos(),
                    settings.get(Options.EVR_GC_TARGET),
                    WalkedEntries.in(settings.get(Options.EVR_GC_MAX_RUN_TIME))));
    return new RateSettings(
        settings.get(Options.EVR_LIMITS),
        settings.get(Options.EVR_INTERVALS).stream().map(Duration::toNanos).toList(),
        settings.get(Options.EVR_CONSEQ_REPORT_MIN),
        settings.get(Options.EVR_CONSEQ_REPORT_MAX),
        max,
        gc);
  }
}
