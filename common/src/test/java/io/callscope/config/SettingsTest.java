package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path folder;

  private static Settings load(String... arguments) throws SettingsException {
    return Settings.load(List.of(arguments), Map.of());
  }

  private static List<String> problems(Map<String, String> environment, String... arguments) {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.load(Arrays.asList(arguments), environment));
    return e.problems().stream().map(Problem::text).toList();
  }

  private static List<String> problems(String... arguments) {
    return problems(Map.of(), arguments);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml).toString();
  }

  @Test
  void oneDashTwoDashesSpaceAndEqualsAreTheSame() throws Exception {
    for (List<String> form :
        List.of(
            List.of("-pcap", "X"),
            List.of("--pcap", "X"),
            List.of("-pcap=X"),
            List.of("--pcap=X"))) {
      assertThat(Settings.load(form, Map.of()).get(Options.PCAP)).containsExactly("X");
    }
  }

  @Test
  void aValueMayHoldAnEqualsSign() throws Exception {
    assertThat(load("-pcap=a=b").get(Options.PCAP)).containsExactly("a=b");
  }

  @Test
  void aSwitchStandsAloneOrTakesItsValueGlued() throws Exception {
    Settings settings = load("-pcap", "x", "-replay", "-contact_ignore_port=false", "-verbose=1");
    assertThat(settings.get(Options.REPLAY)).isTrue();
    assertThat(settings.get(Options.CONTACT_IGNORE_PORT)).isFalse();
    assertThat(settings.get(Options.VERBOSE)).isTrue();
  }

  @Test
  void theLastOfSeveralWinsAndListsAreReplaced() throws Exception {
    Settings settings =
        load("-pcap", "a", "-p", "1", "-http_port", "2", "-evr_limits", "1", "-evr_limits", "2 3");
    assertThat(settings.get(Options.HTTP_PORT)).isEqualTo(2);
    assertThat(settings.get(Options.EVR_LIMITS)).containsExactly(2.0, 3.0, 3600.0);
  }

  @ParameterizedTest
  @CsvSource({
    "p, http_port, 81",
    "delay_scale, replay_scale, 0.5",
    "forever, run_forever, true",
    "min_delay, replay_min_delay, 1s",
    "max_delay, replay_max_delay, 1s"
  })
  void aliasesAreTheirOption(String alias, String name, String value) throws Exception {
    List<EffectiveSetting> effective = load("-pcap", "x", "-" + alias + "=" + value).effective();
    assertThat(effective).contains(new EffectiveSetting(name, value, "command line"));
  }

  @Test
  void commandLineGoesOverEnvironmentOverFileOverDefault() throws Exception {
    String file = file("http_port: 1\nlog_level: 1\nend_wait: 1s\npcap: f.pcap\n");
    Settings settings =
        Settings.load(
            List.of("-config", file, "-http_port", "3"),
            Map.of("CALLSCOPE_HTTP_PORT", "2", "CALLSCOPE_LOG_LEVEL", "2", "PATH", "/bin"));
    assertThat(settings.get(Options.HTTP_PORT)).isEqualTo(3);
    assertThat(settings.origin(Options.HTTP_PORT)).isEqualTo(Origin.COMMAND_LINE);
    assertThat(settings.get(Options.LOG_LEVEL)).isEqualTo(2);
    assertThat(settings.origin(Options.LOG_LEVEL)).isEqualTo(Origin.ENVIRONMENT);
    assertThat(settings.get(Options.END_WAIT)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.origin(Options.END_WAIT)).isEqualTo(Origin.FILE);
    assertThat(settings.origin(Options.REPLAY)).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void theEnvironmentMayNameTheFile() throws Exception {
    Map<String, String> environment =
        Map.of("CALLSCOPE_CONFIG", file("pcap: x"), "CALLSCOPE_HTTP_PORT", "");
    assertThat(Settings.load(List.of(), environment).get(Options.PCAP)).containsExactly("x");
  }

  @Test
  void yamlTakesListsMapsAndThePlainFormsOfTheCommandLine() throws Exception {
    String file =
        file(
            """
            pcap: [a b.pcap, 'c\\d.pcap']
            evr_limits: [1, 2.5]
            evr_intervals: 5s, 1m
            calls_timeouts: {inv_1st: 60s, init: 2s}
            replay: true
            http_port: 0x10
            calls_max_entries: 1_000
            stats_groups:
            """);
    Settings settings = load("-config", file);
    assertThat(settings.get(Options.PCAP)).containsExactly("a b.pcap", "c\\d.pcap");
    assertThat(settings.get(Options.EVR_LIMITS)).containsExactly(1.0, 2.5, 3600.0);
    assertThat(settings.get(Options.EVR_INTERVALS))
        .containsExactly(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofHours(1));
    assertThat(settings.get(Options.CALLS_TIMEOUTS))
        .isEqualTo(Map.of(CallStateTimeout.INIT, 2, CallStateTimeout.INV_1ST, 60));
    assertThat(settings.get(Options.REPLAY)).isTrue();
    assertThat(settings.get(Options.HTTP_PORT)).isEqualTo(16);
    assertThat(settings.get(Options.CALLS_MAX_ENTRIES)).isEqualTo(1000);
    assertThat(settings.get(Options.STATS_GROUPS)).containsExactly("all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_prot: 1;http_prot (file): no such option; did you mean http_port?",
        "config: x;config (file): cannot stand in a file",
        "help: true;help (file): cannot stand in a file",
        "http_port: [1];http_port \"[1]\" (file): must be a single value, not a list",
        "http_port: {a: 1};http_port \"{a=1}\" (file): must be a single value, not a map",
        "evr_limits: [[1]];evr_limits \"[[1]]\" (file): must be made of plain values",
        "http_port: x;http_port \"x\" (file): must be a whole number from 0 to 65535",
        "- a;must be a map of option names and values",
        "a: [;no valid YAML",
        "log_level: 1\nlog_level: 2;no valid YAML: line 2: found duplicate key log_level",
        "calls_timeouts:\n  init: 1s\n  init: 2s;no valid YAML: line 3: found duplicate key init",
        "p: 80\nhttp_port: 81;http_port (file): names an option that stands there already",
        "pcap: !!javax.script.ScriptEngineManager [];no valid YAML"
      })
  void aBadFileIsExplained(String yamlAndError) throws Exception {
    int cut = yamlAndError.indexOf(';');
    String file = file(yamlAndError.substring(0, cut));
    assertThat(problems("-pcap", "x", "-config", file))
        .singleElement()
        .asString()
        .contains(yamlAndError.substring(cut + 1));
  }

  @Test
  void aFileThatIsMissingOrNoTextIsExplained() throws Exception {
    assertThat(problems("-pcap", "x", "-config", "/nope"))
        .containsExactly("config \"/nope\": no such file");
    Path binary = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(problems("-pcap", "x", "-config", binary.toString()))
        .singleElement()
        .asString()
        .endsWith("must be UTF-8 text");
    assertThat(problems("-pcap", "x", "-config", folder.toString()))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  @Test
  void anEmptyFileIsFine() throws Exception {
    assertThat(load("-pcap", "x", "-config", file("# nothing\n")).get(Options.HTTP_PORT)).isZero();
  }

  @Test
  void everyErrorOfEverySourceIsSaidAtOnce() throws Exception {
    String file = file("end_wait: 5\nnope: 1\n");
    assertThat(
            problems(
                Map.of(
                    "CALLSCOPE_HTTP_PORT", "x", "CALLSCOPE_HTTP_PROT", "1", "CALLSCOPE_CHECK", "1"),
                "-config",
                file,
                "-http_prt",
                "80",
                "-evr_limits",
                "a",
                "-roles",
                "web",
                "stray",
                "-log_level"))
        .containsExactlyInAnyOrder(
            "-http_prt: no such option; did you mean http_port?",
            "argument \"stray\" (command line): belongs to no option",
            "-log_level: needs a value: LEVEL",
            "CALLSCOPE_CHECK: only stands on the command line",
            "CALLSCOPE_HTTP_PROT (environment): no such option; did you mean http_port?",
            "nope (file): no such option",
            "end_wait \"5\" (file): must be a duration such as 1h0m0s, 2m30s or 250ms (units ns,"
                + " us, ms, s, m, h)",
            "http_port \"x\" (environment): must be a whole number from 0 to 65535",
            "evr_limits \"a\" (command line): \"a\" must be a number such as 20 or 0.5",
            "roles: needs -cluster");
  }

  @Test
  void whatOptionsAskOfEachOtherIsSaidBesideWhatDoesNotParse() {
    assertThat(problems("-log_level", "x", "-http_port", "99999", "-tcp_msg_buf", "-1"))
        .containsExactly(
            "log_level \"x\" (command line): must be a whole number from -2147483648 to 2147483647",
            "http_port \"99999\" (command line): must be a whole number from 0 to 65535",
            "tcp_msg_buf \"-1\" (command line): must be a whole number from 0 to 16777216",
            "no input: give -pcap FILES, -iface NAME or -ipfix_port PORT");
    assertThat(problems("-ipfix_port", "x"))
        .as("an input is asked for, if not well")
        .containsExactly("ipfix_port \"x\" (command line): must be a whole number from 0 to 65535");
    assertThat(problems("-pcpa", "x"))
        .as("it may be the input")
        .containsExactly("-pcpa: no such option; did you mean pcap?");
  }

  @Test
  void aMistypedPortOfTheEnvironmentIsNotTakenForOneOfAPlatform() {
    assertThat(problems(Map.of("CALLSCOPE_HTP_PORT", "80"), "-pcap", "x"))
        .containsExactly(
            "CALLSCOPE_HTP_PORT (environment): no such option; did you mean http_port?");
  }

  @Test
  void argumentsThatBelongToNoOptionAreErrorsWithAHint() {
    assertThat(problems("-pcap", "x", "-replay", "false"))
        .containsExactly(
            "argument \"false\" (command line): belongs to no option; did you mean -replay=false?");
    assertThat(problems("-pcap", "x", "y"))
        .singleElement()
        .asString()
        .endsWith("put several files into one argument: -pcap \"a.pcap b.pcap\"");
    assertThat(problems("-pcap=x", "--", "-p", "1")).hasSize(2);
  }

  @Test
  void whatAContainerPlatformSetsIsNotTakenForAnOption() throws Exception {
    Map<String, String> environment =
        Map.of(
            "CALLSCOPE_SERVICE_HOST", "10.0.0.1",
            "CALLSCOPE_SERVICE_PORT_HTTP", "80",
            "CALLSCOPE_PORT", "tcp://10.0.0.1:80",
            "CALLSCOPE_PORT_80_TCP_ADDR", "10.0.0.1",
            "CALLSCOPE_WEB_PORT", "tcp://10.0.0.1:80",
            "CALLSCOPE_JAVA_OPTS", "-Xmx1g");
    assertThat(Settings.load(List.of("-pcap", "x"), environment).isChanged(Options.HTTP_PORT))
        .isFalse();
  }

  @Test
  void anInputMustBeGiven() {
    assertThat(problems("-http_port", "80"))
        .containsExactly("no input: give -pcap FILES, -iface NAME or -ipfix_port PORT");
  }

  @Test
  void rolesNeedAClusterAndEachOfThemWhatItWorksWith() throws Exception {
    assertThat(problems("-pcap", "x", "-roles", "tracker"))
        .containsExactly("roles: needs -cluster");
    assertThat(problems("-cluster", "-roles", "capture,ipfix,tracker,pcapdump,web"))
        .containsExactly(
            "role capture: needs -pcap FILES or -iface NAME",
            "role ipfix: needs -ipfix_port PORT",
            "role pcapdump: needs -pcap_dump_dir DIR",
            "role web: needs -http_port PORT");
    assertThat(load("-cluster", "-roles", "tracker").get(Options.ROLES))
        .as("without input of its own")
        .containsExactly(Role.TRACKER);
  }

  @Test
  void tlsOfTheClusterIsAllOrNothing() {
    assertThat(problems("-pcap", "x", "-cluster", "-cluster_tls_cert", "c.pem"))
        .containsExactly(
            "cluster_tls_cert: needs -cluster_tls_key", "cluster_tls_cert: needs -cluster_tls_ca");
  }

  @Test
  void pagesSeeEveryOptionInOrderWithItsOriginAndNoSecret() throws Exception {
    List<EffectiveSetting> effective = load("-pcap", "a b", "-p", "80").effective();
    assertThat(effective)
        .extracting(EffectiveSetting::name)
        .startsWith(
            "verbose",
            "log_level",
            "log_opt",
            "parse_log_level",
            "parse_log_opt",
            "debug_calltr",
            "pcap");
    assertThat(effective).hasSameSizeAs(Options.ALL);
    assertThat(effective)
        .contains(
            new EffectiveSetting("pcap", "a b", "command line"),
            new EffectiveSetting("evr_intervals", "1s,1m0s,1h0m0s", "default"));
    assertThat(Options.HTTP_TLS_KEY.shown("/etc/key.pem")).isEqualTo("***");
    assertThat(Options.HTTP_TLS_KEY.shown("")).isEmpty();
    assertThatThrownBy(() -> effective.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }
}
