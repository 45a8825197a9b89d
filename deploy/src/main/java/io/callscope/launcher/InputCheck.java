package io.callscope.launcher;

import io.callscope.capture.InputChecks;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.pcapdump.DumpDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code -check} looks at beyond the options themselves: what they name must be there. */
final class InputCheck {
  private InputCheck() {}

  /** All that a run would fail at, a line each. */
  static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    settings.get(Options.PCAP).forEach(file -> InputChecks.file(file).ifPresent(problems::add));
    InputChecks.filter(settings.get(Options.BPF)).ifPresent(problems::add);
    String directory = settings.get(Options.PCAP_DUMP_DIR);
    if (!directory.isEmpty()) {
      try {
        DumpDirectory.check(Path.of(directory));
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }
}
