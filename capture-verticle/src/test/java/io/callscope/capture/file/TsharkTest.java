package io.callscope.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchPool;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.source.FakeClock;
import io.callscope.capture.source.FakeSink;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.feed.DumpFeed;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.testdata.Generate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of captures, by their lines and by Call-ID and CSeq: ours and those of tshark. */
class TsharkTest {
  private static final Path CAPTURES = Path.of("..", "testdata", "captures");
  private static final String SEPARATOR = "|";
  private static final Pattern FIRST_LINE = Pattern.compile("^SIP/2\\.0 | SIP/2\\.0$");

  @TempDir Path folder;

  @BeforeEach
  void isInstalled() throws Exception {
    for (String tool : List.of("tshark", "mergecap")) {
      Assumptions.assumeTrue(isThere(tool), tool + " is not installed");
    }
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      return run(Path.of("/dev/null"), tool, "--version") == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int run(Path out, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * How often each first line occurs, and each Call-ID with its CSeq. An ICMP error quotes what it
   * is about, which tshark shows too.
   */
  private Map<String, Integer> ofTshark(Path capture, List<String> decodeAs) throws Exception {
    Path out = folder.resolve("fields");
    List<String> command =
        new ArrayList<>(
            List.of(
                "tshark",
                "-r",
                capture.toString(),
                "-Y",
                "sip && !icmp && !icmpv6",
                "-T",
                "fields"));
    // Without that it gives up a message whose segments are not in order.
    command.addAll(List.of("-o", "tcp.reassemble_out_of_order:TRUE", "-d", "udp.port==4789,vxlan"));
    decodeAs.forEach(rule -> command.addAll(List.of("-d", rule)));
    command.addAll(List.of("-E", "separator=/t", "-E", "aggregator=" + SEPARATOR));
    for (String field : List.of("Request-Line", "Status-Line", "Call-ID", "CSeq")) {
      command.addAll(List.of("-e", "sip." + field));
    }
    assertThat(run(out, command.toArray(String[]::new))).isZero();
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : Files.readAllLines(out, StandardCharsets.ISO_8859_1)) {
      String[] columns = Arrays.copyOf(line.split("\t", -1), 4);
      for (int column = 0; column < 2; column++) {
        values(columns[column]).forEach(text -> counts.merge(text, 1, Integer::sum));
      }
      List<String> callIds = values(columns[2]);
      List<String> sequences = values(columns[3]);
      assertThat(callIds).hasSameSizeAs(sequences);
      for (int i = 0; i < callIds.size(); i++) {
        counts.merge(callIds.get(i) + " " + sequences.get(i), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static List<String> values(String column) {
    return column.isEmpty() ? List.of() : List.of(column.split("[" + SEPARATOR + "]", -1));
  }

  private static Map<String, Integer> ofOurs(Path capture, List<Integer> webSocketPorts) {
    TcpOptions usual = TcpOptions.DEFAULTS;
    TcpOptions tcp =
        new TcpOptions(
            usual.gcNanos(),
            usual.reorderNanos(),
            usual.connectionNanos(),
            usual.bufferBytes(),
            usual.maxBufferBytes(),
            usual.maxStreams(),
            usual.maxMemoryBytes(),
            webSocketPorts);
    FileInput input = new FileInput(List.of(capture.toString()), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig(
            "capture.0", "pcap", input, "", new DecodeOptions(List.of(4789), tcp), 1, 8);
    FakeSink sink = new FakeSink();
    FileSource source =
        new FileSource(
            config, input, null, sink, new BatchPool(), new FakeClock(), DumpFeed.none());
    source.run(0);
    Map<String, Integer> counts = new TreeMap<>();
    for (SipBatch batch : sink.batches(0)) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.kind(i) == RecordKind.MESSAGE) {
          count(batch.message(i), counts);
        }
      }
    }
    return counts;
  }

  private static void count(SipMessage message, Map<String, Integer> counts) {
    int from = message.start();
    String text = new String(message.bytes(), from, message.length(), StandardCharsets.ISO_8859_1);
    counts.merge(text.substring(0, text.indexOf('\r')).strip(), 1, Integer::sum);
    String sequence = message.cseq() + " " + message.text(SipIndex.CSEQ_METHOD_TEXT);
    counts.merge(message.text(SipIndex.CALL_ID) + " " + sequence, 1, Integer::sum);
  }

  /** How much more often we find something than tshark; below 0 it finds it more often. */
  private Map<String, Integer> difference(Path capture, List<Integer> webSocketPorts, int least)
      throws Exception {
    Map<String, Integer> difference = ofOurs(capture, webSocketPorts);
    assertThat(difference.values().stream().mapToInt(i -> i).sum()).isGreaterThan(2 * least);
    List<String> decodeAs =
        webSocketPorts.stream().map(port -> "tcp.port==" + port + ",http").toList();
    ofTshark(capture, decodeAs)
        .forEach((text, count) -> difference.merge(text, -count, Integer::sum));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }

  @Test
  void storedCapturesOfRealStacks() throws Exception {
    List<String> merge = new ArrayList<>(List.of("mergecap", "-a", "-w"));
    Path all = folder.resolve("all.pcapng");
    merge.add(all.toString());
    try (Stream<Path> files = Files.list(CAPTURES)) {
      files
          .filter(file -> file.toString().matches(".*(udp|tcp)[46]\\.pcap"))
          .filter(file -> !file.toString().matches(".*(websocket|faults|fragments).*"))
          .sorted()
          .forEach(file -> merge.add(file.toString()));
    }
    assertThat(run(folder.resolve("out"), merge.toArray(String[]::new))).isZero();
    assertThat(difference(all, List.of(), 300)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"demo, 2000", "fragments-vxlan-udp6, 50", "faults-tcp4, 50"})
  void generatedCapturesThatAreStored(String name, int least) throws Exception {
    assertThat(difference(CAPTURES.resolve(name + ".pcap"), List.of(), least)).isEmpty();
  }

  /** It does not unpack what refers to messages before, nor go on where it missed the upgrade. */
  @Test
  void tsharkFindsNoMoreInWebSocketsThatArePackedOrJoined() throws Exception {
    Path capture = CAPTURES.resolve("websocket-tcp4.pcap");
    assertThat(difference(capture, List.of(5060), 50).values()).allMatch(count -> count > 0);
  }

  /**
   * Segments cut anywhere, held back to travel with the next message, out of order, sent again,
   * overlapping, and connections whose begin was not seen.
   */
  @ParameterizedTest
  @CsvSource({
    "--vlan 7 --vlan 8 --rtp 1, 0",
    "--ip 6 --link sll2 --mtu 1280 --ooo 0.2, 0",
    "--transport tcp --keep-alives 0 --ip 6 --split 0.5 --coalesce 0.3 --connections 20, 0",
    "--transport tcp --keep-alives 0 --split 0.5 --ooo 0.2 --rexmit 0.3 --connections 20, 0",
    "--transport tcp --keep-alives 0 --lost-syn 0.7 --coalesce 0.5 --mss 300, 0",
    "--transport ws --deflate 0 --keep-alives 0 --coalesce 0 --ooo 0.1 --rexmit 0.1, 5060",
  })
  void generatedCaptures(String options, int webSocketPort) throws Exception {
    List<Integer> ports = webSocketPort == 0 ? List.of() : List.of(webSocketPort);
    assertThat(difference(generate(options), ports, 500)).isEmpty();
  }

  /**
   * What tshark does not find in streams is what stands behind empty lines (keep-alives of RFC
   * 5626) in a segment: such a segment it takes for data as a whole. It is all that it misses.
   */
  @Test
  void tsharkMissesMessagesBehindEmptyLinesAndNoOthers() throws Exception {
    Path capture =
        generate("--transport tcp --keep-alives 0.1 --split 0 --coalesce 0 --ooo 0 --rexmit 0");
    Map<String, Integer> difference = difference(capture, List.of(), 500);
    assertThat(difference.values()).allMatch(count -> count > 0);
    long missed =
        difference.entrySet().stream()
            .filter(entry -> FIRST_LINE.matcher(entry.getKey()).find())
            .mapToLong(Map.Entry::getValue)
            .sum();
    String truth = Files.readString(Path.of(capture + ".json"));
    long keepAlives = new JsonObject(truth).getJsonObject("network").getLong("tcp_keepalives");
    assertThat(missed).isEqualTo(keepAlives).isGreaterThan(50);
  }

  private Path generate(String options) {
    Path capture = folder.resolve("generated.pcap");
    List<String> arguments = new ArrayList<>(List.of(capture.toString(), "--calls", "150"));
    arguments.addAll(List.of(options.split(" ", -1)));
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    assertThat(Generate.run(arguments.toArray(String[]::new), nowhere, System.err)).isZero();
    return capture;
  }
}
