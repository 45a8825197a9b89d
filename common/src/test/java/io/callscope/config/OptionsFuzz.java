package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Options from all three places: settings, or every problem told in a line of its own. */
public final class OptionsFuzz {
  private OptionsFuzz() {}

  /**
   * Arguments, a line each; after a line of three dashes the file; {@code A=b} at once variables.
   */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n---\n", 3);
    List<String> arguments =
        Stream.of(parts[0].split("\n", -1)).filter(a -> !a.matches("(?i)--?config.*")).toList();
    assertThat(Settings.masked(arguments)).hasSameSizeAs(arguments);
    check(arguments, Map.of());
    if (parts.length > 1) {
      Path file = Files.createDirectories(Path.of("target", "fuzz", "Options")).resolve("yaml");
      Files.write(file, parts[1].getBytes(StandardCharsets.UTF_8));
      check(List.of("-config", file.toString()), Map.of());
    }
    if (parts.length > 2) {
      check(List.of(), variables(parts[2]));
    }
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      String[] pair = line.split("=", 2);
      if (pair.length == 2 && !pair[0].equals("CALLSCOPE_CONFIG")) {
        variables.put(pair[0], pair[1]);
      }
    }
    return variables;
  }

  private static void check(List<String> arguments, Map<String, String> environment) {
    Settings settings;
    try {
      settings = Settings.load(arguments, environment);
    } catch (SettingsException e) {
      assertThat(e.problems()).isNotEmpty();
      e.problems().forEach(problem -> assertThat(problem.text()).isNotBlank());
      return;
    }
    for (Option<?> option : Options.ALL) {
      if (settings.isChanged(option) && !option.secret() && option != Options.CONFIG) {
        checkShown(settings, option);
      }
    }
  }

  /** What is shown as the value of an option means that value. */
  private static <T> void checkShown(Settings settings, Option<T> option) {
    String shown = option.shown(settings.get(option));
    try {
      assertThat(option.syntax().parse(shown)).as(option.name()).isEqualTo(settings.get(option));
    } catch (BadValueException e) {
      throw new AssertionError(option.name() + " is shown as " + shown, e);
    }
  }

  public static List<byte[]> seeds() {
    String arguments =
        "-pcap=a.pcap b.pcap\n--http_port\n8080\n-evr_limits=1 2.5,3e2\n-calls_max_mem=64MiB\n-run_forever";
    String yaml =
        """
        http_port: 8080
        pcap: [a.pcap, b.pcap]
        calls_to:
          inv_1st: 30s
        evr_limits: [1, 2, 3]
        end_wait: 1m30s
        verbose: yes
        bpf: &x 'udp port 5060'
        """;
    String environment = "CALLSCOPE_HTTP_PORT=1\nCALLSCOPE_PCAP=x\nCALLSCOPE_PORT=tcp://1.2.3.4";
    return Stream.concat(
            Stream.of(String.join("\n---\n", arguments, yaml, environment)),
            Arrays.stream(new String[] {"-check", "-trace_mem", "-ipfix_allow=192.0.2.0/24,::1"}))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
