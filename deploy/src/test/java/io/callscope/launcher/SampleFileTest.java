package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.config.Option;
import io.callscope.config.Options;
import io.callscope.config.Origin;
import io.callscope.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {
  private static final Path SAMPLE = Path.of("callscope.yaml");

  @Test
  void theSampleSetsNothing() throws Exception {
    assertThat(Files.readAllLines(SAMPLE)).allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  @Test
  void withoutItsCommentMarksItSetsEveryOptionToItsDefault(@TempDir Path folder) throws Exception {
    List<String> keys =
        Files.readAllLines(SAMPLE).stream()
            .filter(line -> line.matches("#[a-z0-9_]+:.*"))
            .map(line -> line.substring(1))
            .toList();
    Path file = Files.write(folder.resolve("all.yaml"), keys);
    Settings settings = Settings.load(List.of("-config", file.toString(), "-pcap", "x"), Map.of());
    for (Option<?> option : Options.ALL) {
      if (option == Options.CONFIG || option == Options.PCAP || option.commandLineOnly()) {
        continue;
      }
      assertThat(settings.origin(option)).as(option.name()).isEqualTo(Origin.FILE);
      assertThat(settings.isChanged(option)).as(option.name()).isFalse();
    }
    assertThat(keys).anyMatch(line -> line.startsWith("pcap:"));
  }
}
