package io.callscope.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own: what it prints where, and its exit code. */
class MainTest {
  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CALLSCOPE_"));
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Ended run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml, UTF_8).toString();
  }

  @Test
  void helpGoesToStandardOutputEvenBesideMistakes() throws Exception {
    Ended ended = run("-nope", "-help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("callscope watches SIP").contains("-http_port");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void versionIsOneLine() throws Exception {
    Ended ended = run("-version");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).matches("callscope \\S+ \\(Java .*\\)\\R");
  }

  @Test
  void unknownOptionsAndBadValuesAreSaidAtOnceAndNothingStarts() throws Exception {
    Ended ended =
        run(Map.of("CALLSCOPE_END_WAIT", "5"), "-pcap", "x", "-http_prot", "80", "-p", "x");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .hasSize(4)
        .contains(
            "callscope: -http_prot: no such option; did you mean http_port?",
            "callscope: http_port \"x\" (command line): must be a whole number from 0 to 65535")
        .anyMatch(line -> line.startsWith("callscope: end_wait \"5\" (environment): must be"));
  }

  @Test
  void aBadFileEndsWithTwo() throws Exception {
    Ended ended = run("-pcap", "x", "-config", file("a: ["));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("no valid YAML");
  }

  @Test
  void noInputEndsWithTwo() throws Exception {
    Ended ended = run("-http_port", "8080");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("callscope: no input: give -pcap FILES");
  }

  @Test
  void checkSaysWhatIsNotAtItsDefault() throws Exception {
    String demo = Program.DEMO.toString();
    Ended ended = run("-check", "-pcap", demo, "-config", file("http_port: 81"));
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines())
        .containsExactly(
            "The options are valid. Not at their default:",
            "  pcap: " + demo + " (command line)",
            "  http_port: 81 (file)",
            "  config: " + folder.resolve("c.yaml") + " (command line)");
  }

  @Test
  void checkLooksForWhatTheOptionsName() throws Exception {
    String none = folder.resolve("none.pcap").toString();
    String text = file("x");
    String calls = text + "/calls";
    Ended ended =
        run("-check", "-pcap", none + " " + text, "-bpf", "udp prt", "-pcap_dump_dir", calls);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("callscope: -pcap " + none + ": no such file\n")
        .contains("callscope: -pcap " + text + ": is too short to be a capture file\n")
        .contains("callscope: -pcap_dump_dir " + calls + ": " + text + " is not a directory\n")
        // Without libpcap it says that instead.
        .containsPattern("callscope: -bpf.*(syntax error|libpcap)");
  }
}
