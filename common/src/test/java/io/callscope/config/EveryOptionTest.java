package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option from every source: a value that is right holds, one that is wrong is refused by
 * name, with what would be right, and one of a part that is not built says so.
 */
class EveryOptionTest {
  /** By what stands for the value in {@code -help}: one that is right, then some that are wrong. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("", List.of("true", "yes", "2", "")),
          Map.entry("N", List.of("7", "x", "1.5", "", "99999999999999999999")),
          Map.entry("LEVEL", List.of("-2", "x", "1.5", "", "99999999999")),
          Map.entry("SECONDS", List.of("9", "x", "5s", "", "99999999999")),
          Map.entry("BYTES", List.of("5000", "x", "-1", "4k", "", "99999999999")),
          Map.entry("KIB", List.of("512", "x", "-1", "", "99999999999")),
          Map.entry("PORT", List.of("8080", "x", "-1", "65536", "08", "")),
          Map.entry("NUMBER", List.of("0.25", "x", "", "NaN", "1,5")),
          Map.entry("SIZE", List.of("2MiB", "x", "-1", "", "2TiB")),
          Map.entry("DURATION", List.of("1m30s", "x", "5", "", "1d", "1 s")),
          Map.entry("PORT,...", List.of("[80, 443]", "x", "65536", "80 -1")),
          Map.entry("N,N,N", List.of("1,2,3", "x", "1 2 3 4")),
          Map.entry("DURATION,...", List.of("2s 3s", "x", "1", "1s 2s 3s 4s", "-1s")),
          Map.entry("TYPE,...", List.of("call-end|reg-new", "x", "empty", "invalid")),
          Map.entry("CIDR,...", List.of("10.0.0.0/8", "x", "10.0.0.0/33", "::/129")),
          Map.entry("ROLE,...", List.of("tracker web", "x", "all")),
          Map.entry("GROUP,...", List.of("calls regs", "calls:x")),
          Map.entry("STATE:DURATION,...", List.of("{inv_neg: 9s}", "x", "inv_neg", "init 9s")),
          Map.entry("FORMAT", List.of("json", "xml", "")),
          Map.entry("WHEN", List.of("on", "x", "")),
          Map.entry("WHAT", List.of("rtp", "x", "")),
          Map.entry("FILES", List.of("a.pcap b.pcap")),
          Map.entry("FILTER", List.of("udp port 5060")),
          Map.entry("TEXT", List.of("x y")),
          Map.entry("NAME", List.of("eth0")),
          Map.entry("DIR", List.of("/var/calls")),
          Map.entry("HOST:PORT,...", List.of("a:1,b:2")));

  @TempDir private Path folder;

  static List<Option<?>> options() {
    return Options.ALL.stream()
        .filter(option -> !option.commandLineOnly() && option != Options.CONFIG)
        .<Option<?>>map(option -> option)
        .toList();
  }

  private static List<String> values(Option<?> option) {
    String kind = option.isSwitch() ? "" : option.syntax().placeholder();
    return VALUES.getOrDefault(kind, List.of("a1"));
  }

  private Settings load(Origin source, Option<?> option, String value)
      throws SettingsException, IOException {
    List<String> arguments = new ArrayList<>();
    if (option != Options.PCAP) {
      arguments.addAll(List.of("-pcap", "x"));
    }
    Map<String, String> environment = Map.of();
    switch (source) {
      case COMMAND_LINE -> arguments.add("--" + option.name() + "=" + value);
      case ENVIRONMENT ->
          environment = Map.of("CALLSCOPE_" + option.name().toUpperCase(Locale.ROOT), value);
      default -> {
        String yaml = option.name() + ": '" + value + "'\n";
        Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
        arguments.addAll(List.of("-config", file.toString()));
      }
    }
    return Settings.load(arguments, environment);
  }

  private List<String> problems(Origin source, Option<?> option, String value) {
    SettingsException e =
        catchThrowableOfType(SettingsException.class, () -> load(source, option, value));
    return e == null ? List.of() : e.problems().stream().map(Problem::text).toList();
  }

  private static final List<Origin> SOURCES =
      List.of(Origin.COMMAND_LINE, Origin.ENVIRONMENT, Origin.FILE);

  @ParameterizedTest
  @MethodSource("options")
  void aRightValueHoldsWhereverItComesFrom(Option<?> option) throws Exception {
    String value = values(option).get(0);
    Object read = option.syntax().parse(value);
    for (Origin source : SOURCES) {
      List<String> problems = problems(source, option, value);
      if (problems.isEmpty()) {
        Settings settings = load(source, option, value);
        assertThat((Object) settings.get(option)).isEqualTo(read);
        assertThat(settings.origin(option)).isEqualTo(source);
      } else {
        assertThat(problems)
            .as("it needs another option; it says which")
            .allMatch(problem -> problem.matches("\\w+.* needs .*"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void aWrongValueIsRefusedByNameWithWhatWouldBeRight(Option<?> option) {
    for (String value : values(option).subList(1, values(option).size())) {
      for (Origin source : SOURCES) {
        if (source == Origin.ENVIRONMENT && value.isEmpty()) {
          continue; // counts as not set
        }
        assertThat(problems(source, option, value))
            .as(source + " " + value)
            .first()
            .asString()
            .startsWith(option.name() + " ")
            .contains("(" + source.text() + "): ")
            .matches(".*(must be|stops making sense|at most).*");
      }
    }
  }
}
