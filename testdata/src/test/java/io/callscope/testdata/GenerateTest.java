package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Generate.run(arguments, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesTheCaptureAndItsTruth() throws IOException {
    Path file = folder.resolve("a.pcap");
    assertThat(run(file.toString(), "--calls", "50", "--golden")).isZero();
    Capture capture = Corpus.capture(Options.of("--calls", "50"));
    assertThat(Files.readAllBytes(file)).isEqualTo(capture.pcap());
    assertThat(Files.readString(folder.resolve("a.pcap.json"))).isEqualTo(capture.truth().json());
    assertThat(Files.readAllLines(folder.resolve("a.events")))
        .hasSize(capture.dialogs().stream().mapToInt(dialog -> dialog.events().size()).sum())
        .allMatch(line -> line.matches("[a-z-]+\t\\S+@\\S+\t\\d{3}\t(-|\\d+)"));
    assertThat(text(out)).contains("50 dialogs", "messages/s");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void writesTheTruthAsJson() {
    Truth truth = Corpus.capture(Options.of("--calls=50", "--mix=open=1", "--two-legs=0")).truth();
    assertThat(truth.json())
        .startsWith("{\n  \"options\": \"--calls=50 --mix=open=1 --two-legs=0\",\n")
        .contains("  \"dialogs\": 50,\n  \"kinds\": {\"open\": 50},\n")
        .contains("  \"events\": {\"call-start\": 50, \"call-end\": 50},\n")
        .contains("  \"open\": {\"calls\": 50},\n")
        .endsWith("\n}\n");
  }

  @Test
  void explainsItself() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).contains("Usage:", "--golden", "--calls N", "--mix", "--lost-syn SHARE");
  }

  @Test
  void exitsWithTwoAfterABadArgument() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--calls", "1")).isEqualTo(2);
    assertThat(text(err)).contains("the first argument must be the file to write");
    assertThat(run(folder.resolve("b.pcap").toString(), "--cps", "0")).isEqualTo(2);
    assertThat(text(err)).contains("--cps 0: not in");
    assertThat(folder.resolve("b.pcap")).doesNotExist();
  }

  @Test
  void exitsWithOneWhenAFileCannotBeWritten() {
    assertThat(run(folder.resolve("no/such/folder.pcap").toString(), "--calls=1")).isEqualTo(1);
    assertThat(text(err)).contains("could not write", "folder.pcap");
  }
}
