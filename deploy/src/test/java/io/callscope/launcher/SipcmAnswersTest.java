package io.callscope.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.pcap.LinkType;
import io.callscope.pcap.PcapWriter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a running sipcm was seen to answer, asked of the program, which two last tests end. */
@TestMethodOrder(OrderAnnotation.class)
class SipcmAnswersTest {
  private static final int PROBES = 2500;
  private static final List<Integer> STATUSES = List.of(404, 503, 486, 200, 202, 420);
  private static final byte[] PROBE = new byte[4];
  private static final long START_NANOS = 1_700_000_000_000_000_000L;
  private static final long STEP_NANOS = 300_000;

  @TempDir static Path folder;

  private static Program program;
  private static Program withRingOfThree;
  private static int port;
  private static int portOfThree;

  @BeforeAll
  static void replay() throws Exception {
    port = Program.freePort();
    program = started("whole", port, ofProbesAndReplies(), "-run_forever");
    portOfThree = Program.freePort();
    withRingOfThree =
        started(
            "three",
            portOfThree,
            ofSixEvents(),
            "-replay",
            "-event_buffer_size",
            "3",
            "-end_force_timeout",
            "9s");
    program.awaitReport();
    withRingOfThree.awaitPages(portOfThree);
  }

  @AfterAll
  static void stop() {
    program.close();
    withRingOfThree.close();
  }

  private static Program started(String name, int port, Path capture, String... more)
      throws IOException {
    Stream<String> options = Stream.of("-pcap", capture.toString(), "-http_port", "" + port);
    Path output = Files.createDirectory(folder.resolve(name));
    return new Program(output)
        .start(Stream.concat(options, Stream.of(more)).toArray(String[]::new));
  }

  /** Identical probes within a second, then an OPTIONS and its reply for each status. */
  private static Path ofProbesAndReplies() throws IOException {
    Path file = folder.resolve("probes.pcap");
    try (PcapWriter pcap = PcapWriter.start(Files.newOutputStream(file), LinkType.RAW, true)) {
      long nanos = START_NANOS;
      for (int i = 0; i < PROBES; i++) {
        write(pcap, nanos += STEP_NANOS, PROBE);
      }
      for (int status : STATUSES) {
        write(pcap, nanos += STEP_NANOS, message("OPTIONS sip:b@example.net SIP/2.0", status));
        write(pcap, nanos += STEP_NANOS, message("SIP/2.0 " + status + " So", status));
      }
    }
    return file;
  }

  /** Six probes that are events at once, then silence that a replay waits for. */
  private static Path ofSixEvents() throws IOException {
    Path file = folder.resolve("six.pcap");
    try (PcapWriter pcap = PcapWriter.start(Files.newOutputStream(file), LinkType.RAW, true)) {
      for (int i = 0; i < 6; i++) {
        write(pcap, START_NANOS + i * STEP_NANOS, PROBE);
      }
      byte[] noEvent = message("OPTIONS sip:b@example.net SIP/2.0", 1);
      write(pcap, START_NANOS + Duration.ofSeconds(1).toNanos(), noEvent);
      write(pcap, START_NANOS + Duration.ofHours(1).toNanos(), PROBE);
    }
    return file;
  }

  private static byte[] message(String firstLine, int callId) {
    return Stream.of(
            firstLine,
            "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + callId,
            "From: <sip:a@example.net>;tag=1",
            "To: <sip:b@example.net>" + (firstLine.startsWith("SIP") ? ";tag=2" : ""),
            "Call-ID: " + callId,
            "CSeq: 1 OPTIONS",
            "Content-Length: 0",
            "",
            "")
        .collect(Collectors.joining("\r\n"))
        .getBytes(US_ASCII);
  }

  private static void write(PcapWriter pcap, long nanos, byte[] payload) throws IOException {
    boolean reply = payload[0] == 'S';
    ByteBuffer packet = ByteBuffer.allocate(28 + payload.length);
    packet.putInt(0x4500 << 16 | packet.capacity()).putInt(0).putInt(64 << 24 | 17 << 16);
    packet.putInt(reply ? 0xc0000202 : 0xc0000201).putInt(reply ? 0xc0000201 : 0xc0000202);
    packet.putInt(5060 << 16 | 5060).putShort((short) (8 + payload.length)).putShort((short) 0);
    pcap.write(nanos, packet.put(payload).array(), 0, packet.capacity());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return program.get(port, path, "*/*");
  }

  private static List<JsonObject> events(String query) throws Exception {
    String answer = program.get(port, "/events?" + query, "application/json").body();
    return new JsonObject(answer)
        .getJsonArray("events").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  @Order(1)
  void of2500ProbesInASecond26AreStored() throws Exception {
    Pattern total = Pattern.compile(": +" + (PROBES + STATUSES.size()) + "\\b");
    program.await(() -> total.matcher(get("/counters?counter=ev_rate.total_events").body()).find());
    List<JsonObject> probes = events("name=msg-probe");
    List<Integer> exceeded =
        probes.stream().map(event -> event.getJsonObject("rate").getInteger("exceeded")).toList();
    assertThat(exceeded).hasSize(26);
    assertThat(exceeded.subList(0, 20)).containsOnly(0);
    assertThat(exceeded.subList(20, 26)).containsExactly(1, 100, 200, 400, 800, 1600);
  }

  private static String eventsOfThree() throws Exception {
    return withRingOfThree.get(portOfThree, "/events", "*/*").body();
  }

  @Test
  @Order(2)
  void aRingOfThreeShowsTheLastThreeOfSix() throws Exception {
    withRingOfThree.await(() -> eventsOfThree().contains("\n5 "));
    assertThat(eventsOfThree())
        .contains("Total Generated: 6 Max. Buffered: 3\n")
        .contains("\n3 [0]\n", "\n4 [1]\n", "\n5 [2]\n")
        .doesNotContain("\n2 [2]\n");
  }

  @Test
  @Order(3)
  void aStatusIsLookedForAsAPartOfTheText() throws Exception {
    assertThat(events("status=20").stream().map(event -> event.getJsonObject("sip")))
        .extracting(sip -> sip.getString("call_id"))
        .containsExactly("200", "202", "420");
  }

  @Test
  @Order(4)
  void ofACounterThatIsNotThereItTellsWhatWasFound() throws Exception {
    HttpResponse<String> answer = get("/counters?counter=calls.zzz");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("ERROR: counter \"calls.zzz\": found \"calls.\", not found \"zzz\"\n");
  }

  @Test
  @Order(5)
  void aTimeoutOutOfItsRangeIsToldWithTheRangeAndLeftAsItWas() throws Exception {
    String before = get("/calls/timeout").body();
    HttpResponse<String> answer = get("/calls/timeout?inv_1st=3h");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("ERROR: parameter inv_1st: \"3h\" is 10800 s, not in the range 1–7200 s\n")
        .endsWith(before);
    assertThat(get("/calls/timeout").body())
        .isEqualTo(before)
        .contains("inv_established: 1h0m0s  (10–86400 s, default 1h0m0s)\n");
  }

  /** Where sipcm shows an empty list, it says why. */
  @Test
  @Order(6)
  void ratesOfAWindowThatIsNotKeptAreRefused() throws Exception {
    HttpResponse<String> answer = get("/stats/rate?d=5s");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("ERROR: parameter d: \"5s\" is not one of 1s, 10s, 1m, 1h\n");
  }

  /** A request that never comes to its end. */
  private static Socket hanging(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String request = "GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  @Test
  @Order(7)
  void twoSignalsEndItInGoodOrderWhileARequestHangs() throws Exception {
    try (Socket hanging = hanging(port)) {
      assertThat(hanging.getInputStream().read()).as("it is being answered").isEqualTo('H');
      long start = System.nanoTime();
      program.terminate();
      program.terminate();
      assertThat(program.end()).isZero();
      // Three seconds, and what a busy machine needs besides.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
    assertThat(program.err()).contains("stopping");
    assertThat(program.out()).contains("active call entries");
  }

  @Test
  @Order(8)
  void theThirdSignalEndsItAtOnce() throws Exception {
    try (Socket hanging = hanging(portOfThree)) {
      assertThat(hanging.getInputStream().read()).as("it is being answered").isEqualTo('H');
      withRingOfThree.terminate();
      withRingOfThree.await("timers shortened");
      withRingOfThree.terminate();
      withRingOfThree.await("still stopping (signal 2 of 3)");
      withRingOfThree.terminate();
      assertThat(withRingOfThree.end()).isEqualTo(1);
    }
    assertThat(withRingOfThree.err()).contains("signal 3 of 3");
  }
}
