package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures kept in the repository and the lists of events beside them. */
class StoredCapturesTest {
  private static final Path FOLDER = Path.of("captures");
  private static final Pattern OPTIONS = Pattern.compile("\"options\": \"([^\"]+)\"");

  static Stream<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pcap"))
          .forEach(name -> names.add(name.substring(0, name.length() - 5)));
    }
    return names.stream().sorted();
  }

  @Test
  void staySmall() throws IOException {
    assertThat(names().count()).isGreaterThan(40);
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.mapToLong(StoredCapturesTest::size).sum()).isLessThan(3_000_000);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void haveTheirEventsAndAreExplained(String name) throws IOException {
    TreeSet<String> inEvents = new TreeSet<>();
    for (String line : Files.readAllLines(FOLDER.resolve(name + ".events"))) {
      String[] columns = line.split("\t", -1);
      assertThat(columns).as(line).hasSize(4);
      assertThat(EventType.named(columns[0])).as(line).isNotNull();
      assertThat(columns[2]).matches("\\d{3}|-");
      assertThat(columns[3]).matches("\\d+|-");
      inEvents.add(columns[1]);
    }
    if (!name.startsWith("websocket")) { // the simple reader knows no frames
      TreeSet<String> inCapture = new TreeSet<>();
      messages(Files.readAllBytes(FOLDER.resolve(name + ".pcap")))
          .forEach(message -> inCapture.add(message.header("Call-ID")));
      assertThat(inEvents).isEqualTo(inCapture);
    }
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("`" + name + "`");
  }

  private static List<NaiveSip> messages(byte[] pcap) {
    NaiveCapture capture = new NaiveCapture(pcap, false);
    List<NaiveSip> messages = new ArrayList<>(capture.streamMessages());
    capture.datagrams.forEach(datagram -> messages.add(NaiveSip.of(datagram.payload())));
    return messages;
  }

  /** Packed messages would depend on the library that packs them. */
  @ParameterizedTest
  @ValueSource(strings = {"demo", "faults-tcp4", "fragments-vxlan-udp6"})
  void whatIsGeneratedIsWhatItsOptionsGive(String name) throws IOException {
    Matcher options = OPTIONS.matcher(Files.readString(FOLDER.resolve(name + ".pcap.json")));
    assertThat(options.find()).isTrue();
    Capture again = Corpus.capture(Options.of(options.group(1).split(" ", -1)));
    assertThat(Files.readAllBytes(FOLDER.resolve(name + ".pcap"))).isEqualTo(again.pcap());
    assertThat(Files.readString(FOLDER.resolve(name + ".pcap.json")))
        .isEqualTo(again.truth().json());
    StringBuilder events = new StringBuilder();
    again.dialogs().forEach(new GoldenEvents(events));
    assertThat(Files.readString(FOLDER.resolve(name + ".events"))).isEqualTo(events.toString());
  }
}
