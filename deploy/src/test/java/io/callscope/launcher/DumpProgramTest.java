package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.testdata.Corpus;
import io.callscope.testdata.Options;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of calls as the program writes them, from options to disk. */
class DumpProgramTest {
  private static final Path CAPTURES = Program.DEMO.getParent();

  @TempDir Path folder;

  private DumpedCalls dumped;
  private Program program;
  private Path calls;

  @BeforeEach
  void prepare() {
    dumped = new DumpedCalls(folder);
    program = dumped.program;
    calls = dumped.directory;
  }

  @AfterEach
  void stop() {
    dumped.close();
  }

  private static List<Path> udpCaptures() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files
          .filter(file -> file.toString().matches(".*(udp[46]|demo)\\.pcap"))
          .filter(file -> !file.toString().contains("vxlan")) // its outer frames are no messages
          .sorted()
          .toList();
    }
  }

  private static String list(List<Path> files) {
    return String.join(" ", files.stream().map(Path::toString).toList());
  }

  private static Map<String, List<String>> byCall(List<Path> captures) throws IOException {
    Map<String, List<String>> messages = new HashMap<>();
    for (Path capture : captures) {
      for (UdpMessages.Seen seen : UdpMessages.of(capture)) {
        messages.computeIfAbsent(seen.callId(), id -> new ArrayList<>()).add(seen.line());
      }
    }
    return messages;
  }

  /** None missing, none twice, in the order of the capture, with the same times and ends. */
  @Test
  void filesOfAllCallsTogetherAreTheCapture() throws Exception {
    List<Path> captures = udpCaptures();
    assertThat(captures).hasSizeGreaterThan(20);
    assertThat(
            dumped.run(
                "-pcap", list(captures), "-pcap_dump_subdirs", "64", "-pcap_dump_max_open", "20"))
        .isZero();
    Map<String, List<String>> expected = byCall(captures);
    List<Path> files = UdpMessages.files(calls);
    assertThat(byCall(files)).isEqualTo(expected);
    assertThat(files).hasSameSizeAs(expected.keySet());
    long messages = expected.values().stream().mapToLong(List::size).sum();
    assertThat(dumped.counted("offered_msgs")).isEqualTo(messages);
    assertThat(dumped.counted("written_msgs")).isEqualTo(messages);
    assertThat(dumped.counted("crt_alloc_msgs")).isZero();
    assertThat(dumped.counted("new_files")).isEqualTo(files.size());
  }

  /** Scenario D12. */
  @Test
  void everyFileOfManyInterleavedCallsIsInTheOrderOfTheCapture() throws Exception {
    Path capture = folder.resolve("many.pcap");
    Options many = Options.of("--calls", "10000", "--seed", "12");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(capture))) {
      Corpus.write(many, out, dialog -> {});
    }
    assertThat(
            dumped.run(
                "-pcap",
                capture.toString(),
                "-pcap_dump_workers",
                "16",
                "-pcap_dump_subdirs",
                "64"))
        .isZero();
    Map<String, List<String>> expected = byCall(List.of(capture));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(10_000);
    assertThat(byCall(UdpMessages.files(calls)).equals(expected)).isTrue();
  }

  /** Scenario D16. */
  @Test
  void anInjectedMessageHasAFileOfItsOwn() throws Exception {
    int port = Program.freePort();
    dumped.start("-http_port", "" + port, "-ipfix_port", "" + Program.freePort());
    program.awaitPages(port);
    String invite =
        """
        INVITE sip:b@example.net SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.77:5060;branch=z9hG4bK1
        From: <sip:a@example.net>;tag=1
        To: <sip:b@example.net>
        Call-ID: by-hand
        CSeq: 1 INVITE
        Content-Length: 0

        """;
    String query = "?crlfformat=lf&sipmsg=" + URLEncoder.encode(invite, StandardCharsets.UTF_8);
    assertThat(program.get(port, "/inject" + query, "*/*").statusCode()).isEqualTo(200);
    program.terminate();
    assertThat(program.end()).isZero();
    Path file = calls.resolve("callid_by-hand.pcap");
    assertThat(UdpMessages.of(file))
        .singleElement()
        .satisfies(
            message -> {
              String loopbackTwice = "7f0000017f000001";
              String portTwice = "13c413c4";
              assertThat(message.line())
                  .contains(" " + loopbackTwice + portTwice + " INVITE sip:b");
            });
  }

  @Test
  void tsharkFindsTheSameMessagesAndNothingToWarnOf() throws Exception {
    for (String tool : List.of("tshark", "mergecap")) {
      Assumptions.assumeTrue(isThere(tool), tool + " is not installed");
    }
    for (String extension : List.of("pcap", "pcapng")) {
      Path directory = calls.resolve(extension);
      assertThat(
              program.run(
                  "-pcap",
                  Program.DEMO.toString(),
                  "-pcap_dump_on",
                  "-pcap_dump_dir",
                  directory.toString(),
                  "-pcap_dump_extension",
                  extension))
          .isZero();
      Path merged = folder.resolve("all." + extension);
      List<String> merge = new ArrayList<>(List.of("mergecap", "-w", merged.toString()));
      UdpMessages.files(directory).forEach(file -> merge.add(file.toString()));
      assertThat(output(merge)).isEmpty();
      assertThat(fields(merged)).isEqualTo(fields(Program.DEMO));
      assertThat(output(List.of("tshark", "-r", merged.toString(), "-q", "-z", "expert,warn")))
          .doesNotContain("Warns", "Errors");
    }
  }

  /** As tshark puts their streams together, in the capture and in the file of each call. */
  @Test
  void messagesOfStreamsAreFoundInTheFilesOfTheirCalls() throws Exception {
    Assumptions.assumeTrue(isThere("tshark"), "tshark is not installed");
    List<Path> captures =
        List.of(CAPTURES.resolve("basic-tcp6.pcap"), CAPTURES.resolve("invite-auth407-tcp4.pcap"));
    assertThat(dumped.run("-pcap", list(captures))).isZero();
    List<String> expected = new ArrayList<>();
    for (Path capture : captures) {
      expected.addAll(messages(capture));
    }
    List<String> found = new ArrayList<>();
    for (Path file : UdpMessages.files(calls)) {
      found.addAll(messages(file));
      assertThat(output(List.of("tshark", "-r", file.toString(), "-q", "-z", "expert,warn")))
          .doesNotContain("Warns", "Errors");
    }
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(dumped.counted("written_msgs")).isEqualTo(expected.size());
  }

  /** A line each; a packet may hold several, whose fields are separated by commas. */
  private static List<String> messages(Path capture) throws Exception {
    String text =
        output(
            List.of(
                "tshark",
                "-o",
                "tcp.desegment_tcp_streams:TRUE",
                "-r",
                capture.toString(),
                "-Y",
                "sip",
                "-T",
                "fields",
                "-e",
                "sip.Call-ID",
                "-e",
                "sip.CSeq",
                "-e",
                "sip.Request-Line",
                "-e",
                "sip.Status-Line"));
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private static String fields(Path capture) throws Exception {
    return output(
        List.of(
            "tshark",
            "-o",
            "udp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-r",
            capture.toString(),
            "-T",
            "fields",
            "-e",
            "frame.time_epoch",
            "-e",
            "ip.src",
            "-e",
            "ip.dst",
            "-e",
            "udp.srcport",
            "-e",
            "sip.Call-ID",
            "-e",
            "sip.CSeq",
            "-e",
            "sip.Status-Line",
            "-e",
            "udp.checksum.status",
            "-e",
            "ip.checksum.status"));
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it prints; of its errors what is no word about who runs it. */
  private static String output(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.replaceAll("(?m)^Running as user.*\\R", "");
  }

  @Test
  void directoryAloneWritesNothing() throws Exception {
    assertThat(program.run("-pcap", Program.DEMO.toString(), "-pcap_dump_dir", calls.toString()))
        .isZero();
    assertThat(calls).doesNotExist();
    assertThat(dumped.counted("offered_msgs")).isZero();
  }

  @Test
  void eventsNameTheFileOfTheirCall() throws Exception {
    int port = Program.freePort();
    dumped.start(
        "-pcap",
        Program.DEMO.toString(),
        "-pcap_dump_subdirs",
        "10",
        "-http_port",
        "" + port,
        "-run_forever");
    program.awaitReport();
    JsonObject answer =
        new JsonObject(program.get(port, "/api/v1/events?n=1000", "application/json").body());
    JsonArray events = answer.getJsonArray("events");
    assertThat(events.size()).isPositive();
    for (Object each : events) {
      JsonObject event = (JsonObject) each;
      String file = event.getJsonObject("attrs").getString("filename");
      assertThat(calls.resolve(file)).exists();
      String callId = event.getJsonObject("sip").getString("call_id");
      assertThat(file).endsWith("/callid_" + encoded(callId) + ".pcap");
    }
    String lost = program.get(port, "/health/ready", "*/*").body();
    assertThat(lost).doesNotContain("dump");
    program.terminate();
    assertThat(program.end()).isZero();
  }

  private static String encoded(String callId) {
    return URLEncoder.encode(callId, StandardCharsets.UTF_8).replace("%40", "@");
  }
}
