package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private Program program;
  private Path calls;

  @BeforeEach
  void prepare() {
    program = new Program(folder);
    calls = folder.resolve("calls");
  }

  @AfterEach
  void stop() {
    program.close();
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

  private long counted(String counter) throws IOException {
    Matcher matcher =
        Pattern.compile("(?m)^pcap_dump\\." + counter + " +: +(\\d+)").matcher(program.out());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
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
            program.run(
                "-pcap",
                list(captures),
                "-pcap_dump_on",
                "-pcap_dump_dir",
                calls.toString(),
                "-pcap_dump_subdirs",
                "64",
                "-pcap_dump_max_open",
                "20"))
        .isZero();
    Map<String, List<String>> expected = byCall(captures);
    List<Path> files = UdpMessages.files(calls);
    assertThat(byCall(files)).isEqualTo(expected);
    assertThat(files).hasSameSizeAs(expected.keySet());
    long messages = expected.values().stream().mapToLong(List::size).sum();
    assertThat(counted("offered_msgs")).isEqualTo(messages);
    assertThat(counted("written_msgs")).isEqualTo(messages);
    assertThat(counted("crt_alloc_msgs")).isZero();
    assertThat(counted("new_files")).isEqualTo(files.size());
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
    assertThat(
            program.run(
                "-pcap", list(captures), "-pcap_dump_on", "-pcap_dump_dir", calls.toString()))
        .isZero();
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
    assertThat(counted("written_msgs")).isEqualTo(expected.size());
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

  /** Files may end within a record then, as the last write was cut off; the next run mends them. */
  @Test
  void killedProgramLeavesFilesThatCanBeReadAndGoneOnWith() throws Exception {
    for (int round = 1; round <= 2; round++) {
      long before = round * 40L;
      program.start(
          "-pcap",
          Program.DEMO.toString(),
          "-pcap_loop",
          "10000",
          "-pcap_dump_on",
          "-pcap_dump_dir",
          calls.toString(),
          "-pcap_dump_flush",
          "20ms");
      program.await(() -> Files.isDirectory(calls) && UdpMessages.files(calls).size() > before);
      program.close();
      program.awaitEnd();
      for (Path file : UdpMessages.files(calls)) {
        assertThat(whole(file)).as(file.toString()).isNotNegative();
      }
    }
    assertThat(
            program.run(
                "-pcap",
                Program.DEMO.toString(),
                "-pcap_dump_on",
                "-pcap_dump_dir",
                calls.toString()))
        .isZero();
    assertThat(counted("written_msgs")).isEqualTo(2170);
    for (Path file : UdpMessages.files(calls)) {
      assertThat(UdpMessages.of(file)).isNotEmpty(); // and whole to its end
    }
  }

  /** Whole records of a file; its last one may be cut off. */
  private static long whole(Path file) throws IOException {
    if (Files.size(file) < 24) {
      return 0;
    }
    long records = 0;
    try (PacketReader reader = PacketReader.open(file.toString())) {
      while (reader.next()) {
        records++;
      }
    } catch (CaptureFileException e) {
      assertThat(e.isCutOff()).as(e.getMessage()).isTrue();
    }
    return records;
  }

  @Test
  void stopInTheMiddleWritesWhatWasRead() throws Exception {
    program.start(
        "-pcap",
        Program.DEMO.toString(),
        "-pcap_loop",
        "10000",
        "-pcap_dump_on",
        "-pcap_dump_dir",
        calls.toString(),
        "-pcap_dump_flush",
        "1m");
    program.await(() -> Files.isDirectory(calls) && UdpMessages.files(calls).size() > 10);
    program.terminate();
    assertThat(program.end()).isZero();
    // At most the one is lost for which the source waited when it was stopped.
    assertThat(counted("dropped_queue")).isLessThanOrEqualTo(1);
    assertThat(counted("offered_msgs"))
        .isPositive()
        .isEqualTo(counted("written_msgs") + counted("dropped_queue"));
    assertThat(records()).isEqualTo(counted("written_msgs"));
  }

  private long records() throws IOException {
    long records = 0;
    for (Path file : UdpMessages.files(calls)) {
      records += UdpMessages.of(file).size();
    }
    return records;
  }

  @Test
  void fullDiskIsCountedAndUsedAgainOnceItHasRoom() throws Exception {
    Files.createDirectory(calls);
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", calls.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "only root may mount a file system");
    try {
      Path filler = calls.resolve("filler");
      Files.write(filler, new byte[16 << 20]);
      int port = Program.freePort();
      program.start(
          "-pcap",
          Program.DEMO.toString(),
          "-pcap_loop",
          "100000",
          "-pcap_dump_on",
          "-pcap_dump_dir",
          calls.toString(),
          "-http_port",
          "" + port);
      program.await(() -> counter(port, "err_wr_msg") > 0);
      long written = counter(port, "written_msgs");
      Files.delete(filler);
      program.await(() -> counter(port, "written_msgs") > written + 1000);
      program.terminate();
      assertThat(program.end()).isZero();
      assertThat(counted("offered_msgs"))
          .isEqualTo(counted("written_msgs") + counted("dropped_write") + counted("dropped_queue"));
      assertThat(records()).as("none half, none uncounted").isEqualTo(counted("written_msgs"));
    } finally {
      program.close();
      program.awaitEnd();
      new ProcessBuilder("umount", calls.toString()).start().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private long counter(int port, String name) throws Exception {
    String text;
    try {
      text = program.get(port, "/counters?group=pcap_dump&nz=1", "text/plain").body();
    } catch (ConnectException e) {
      return 0; // not there yet
    }
    Matcher matcher = Pattern.compile("pcap_dump\\." + name + " *: *(\\d+)").matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @Test
  void directoryThatCannotBeOneIsSaidAtTheStart() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(
            program.run(
                "-pcap",
                Program.DEMO.toString(),
                "-pcap_dump_on",
                "-pcap_dump_dir",
                file.resolve("calls").toString()))
        .isEqualTo(255);
    assertThat(program.err()).contains("pcapdump cannot start").contains("is not a directory");
  }

  @Test
  void directoryAloneWritesNothing() throws Exception {
    assertThat(program.run("-pcap", Program.DEMO.toString(), "-pcap_dump_dir", calls.toString()))
        .isZero();
    assertThat(calls).doesNotExist();
    assertThat(counted("offered_msgs")).isZero();
  }

  @Test
  void eventsNameTheFileOfTheirCall() throws Exception {
    int port = Program.freePort();
    program.start(
        "-pcap",
        Program.DEMO.toString(),
        "-pcap_dump_on",
        "-pcap_dump_dir",
        calls.toString(),
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
