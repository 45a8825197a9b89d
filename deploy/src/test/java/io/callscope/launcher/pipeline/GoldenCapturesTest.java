package io.callscope.launcher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.bus.EventText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of real stacks give the events that their scenarios mean. */
class GoldenCapturesTest {
  private static final Path CAPTURES = Path.of("..", "testdata", "captures");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".events"))
          .map(name -> name.substring(0, name.length() - ".events".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesItsEvents(String name) throws Exception {
    Path file = CAPTURES.resolve(name + ".pcap");
    List<Integer> webPorts = name.startsWith("websocket") ? List.of(5060) : List.of();
    PipelineRun run = new PipelineRun(file, 2, PipelineRun.NO_LIMITS, webPorts);
    run.assertAccounts();

    Map<String, List<String>> expected = new TreeMap<>();
    for (String line : Files.readAllLines(CAPTURES.resolve(name + ".events"))) {
      String[] columns = line.split("\t", -1);
      expected
          .computeIfAbsent(columns[1], id -> new ArrayList<>())
          .add(columns[0] + " " + columns[2] + " " + columns[3]);
    }
    assertThat(actual(run, expected)).isEqualTo(expected);
  }

  /** Where the golden file leaves a column open, so does this. */
  private static Map<String, List<String>> actual(
      PipelineRun run, Map<String, List<String>> expected) {
    Map<String, List<String>> actual = new TreeMap<>();
    for (CallEvent event : run.events) {
      String id = event.text(EventText.CALL_ID);
      List<String> lines = actual.computeIfAbsent(id, any -> new ArrayList<>());
      List<String> wanted = expected.getOrDefault(id, List.of());
      String[] open =
          (lines.size() < wanted.size() ? wanted.get(lines.size()) : "x x x").split(" ", -1);
      boolean talk = event.outcome().span() == Span.DURATION;
      lines.add(
          event.type().text()
              + " "
              + (open[1].equals("-") ? "-" : event.outcome().status())
              + " "
              + (open[2].equals("-") || !talk ? "-" : event.outcome().spanSeconds()));
    }
    return actual;
  }
}
