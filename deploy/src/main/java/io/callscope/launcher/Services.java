package io.callscope.launcher;

import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chooses and configures the services that the settings ask for. */
final class Services {
  /** Name of the source that the files of {@code -pcap} are as a whole. */
  private static final String FILES = "pcap";

  private Services() {}

  /** Receivers come before those who send to them, so that nothing is sent to nobody. */
  static Plan plan(Settings settings) {
    List<Service> services = new ArrayList<>();
    return new Plan(List.copyOf(services), endingInputs(settings));
  }

  private static Set<String> endingInputs(Settings settings) {
    return settings.get(Options.PCAP).isEmpty() ? Set.of() : Set.of(FILES);
  }

  /** Partitions of call tracking in this process. */
  static int partitions(Settings settings) {
    int given = settings.get(Options.PARTITIONS);
    return given > 0 ? given : Runtime.getRuntime().availableProcessors();
  }
}
