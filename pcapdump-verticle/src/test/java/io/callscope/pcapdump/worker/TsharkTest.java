package io.callscope.pcapdump.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.pcap.CallFileNames;
import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.DumpCounters;
import io.callscope.pcapdump.file.FailureLog;
import io.callscope.pcapdump.file.Limits;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another program makes of our files: calls over streams, both versions of IP. */
class TsharkTest {
  private static final List<String> MESSAGES =
      List.of("INVITE", "100 Trying", "200 OK", "ACK", "BYE", "200 OK");

  @TempDir Path folder;

  @BeforeAll
  static void needsTshark() throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder("tshark", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Assumptions.assumeTrue(version.waitFor() == 0, "tshark does not run");
    } catch (IOException e) {
      Assumptions.abort("tshark is not installed");
    }
  }

  private DumpWorker worker(String extension) {
    return worker(extension, 1000);
  }

  private DumpWorker worker(String extension, int connections) {
    boolean pcapng = extension.equals("pcapng");
    DumpCounters counters = new DumpCounters();
    CallFiles files =
        new CallFiles(
            folder,
            new CallFileNames("", "", extension, 0),
            pcapng,
            new Limits(0, 1, 1 << 20, 10, connections),
            counters,
            new FailureLog());
    return new DumpWorker(files, counters, pcapng, 1, 1, new DumpControls(true)::state);
  }

  private static String message(String what, int bodyBytes) {
    boolean reply = Character.isDigit(what.charAt(0));
    String method = what.equals("BYE") || what.equals("ACK") ? what : "INVITE";
    return (reply ? "SIP/2.0 " + what : what + " sip:x@y SIP/2.0")
        + "\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:x@y>\r\n"
        + "Call-ID: abcd\r\nCSeq: 1 "
        + method
        + "\r\nContent-Type: text/plain\r\nContent-Length: "
        + bodyBytes
        + "\r\n\r\n"
        + "b".repeat(bodyBytes);
  }

  private static void add(SipBatchBuilder builder, Envelope envelope, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int[] row = new int[SipIndex.SIZE];
    assertThat(new SipParser().parseDatagram(bytes, 0, bytes.length, row)).isZero();
    builder.addWhole(RecordKind.MESSAGE, envelope, 0, bytes, 0, row);
  }

  private static Envelope envelope(Transport transport, String from, String to) {
    Envelope envelope = new Envelope();
    envelope.transport = transport;
    envelope.sourceHigh = IpAddress.high(IpAddress.parse(from));
    envelope.sourceLow = IpAddress.low(IpAddress.parse(from));
    envelope.destinationHigh = IpAddress.high(IpAddress.parse(to));
    envelope.destinationLow = IpAddress.low(IpAddress.parse(to));
    return envelope;
  }

  private static void turn(Envelope envelope, boolean back) {
    envelope.sourcePort = back ? 5060 : 40_123;
    envelope.destinationPort = back ? 40_123 : 5060;
  }

  private List<String> tshark(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.lines().toList();
  }

  /** Each batch comes after a restart, so that streams are gone on with from the file. */
  @ParameterizedTest
  @CsvSource({
    "UDP, 192.0.2.1, 192.0.2.2, pcap",
    "UDP, 2001:db8::1, 2001:db8::2, pcapng",
    "TCP, 192.0.2.1, 192.0.2.2, pcap",
    "TCP, 2001:db8::1, 2001:db8::2, pcapng",
    "WS, 192.0.2.1, 192.0.2.2, pcapng",
  })
  void messagesAreFoundWithNothingToWarnOf(
      Transport transport, String a, String b, String extension) throws Exception {
    Envelope there = envelope(transport, a, b);
    Envelope back = envelope(transport, b, a);
    turn(there, false);
    turn(back, true);
    long nanos = 1_700_000_000_000_000_000L;
    int number = 0;
    for (String what : MESSAGES) {
      DumpWorker worker = worker(extension);
      SipBatchBuilder builder = new SipBatchBuilder("source " + number);
      Envelope envelope = Character.isDigit(what.charAt(0)) ? back : there;
      envelope.captureNanos = nanos + 1_000_000L * number++;
      add(builder, envelope, message(what, what.equals("ACK") ? 0 : 4000));
      worker.accept(builder.build(0, true), true, 0);
      worker.end(0, () -> false);
    }
    String file = folder.resolve("abcd." + extension).toString();
    List<String> lines =
        tshark(
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "udp.check_checksum:TRUE",
            "-r",
            file,
            "-Y",
            "sip",
            "-T",
            "fields",
            "-E",
            "separator=;",
            "-e",
            "sip.Method",
            "-e",
            "sip.Status-Code",
            "-e",
            "frame.time_relative",
            "-e",
            "tcp.stream",
            "-e",
            "tcp.checksum.status",
            "-e",
            "udp.checksum.status");
    assertThat(lines).hasSameSizeAs(MESSAGES);
    for (int i = 0; i < lines.size(); i++) {
      String what = MESSAGES.get(i);
      boolean reply = Character.isDigit(what.charAt(0));
      String name = reply ? ";" + what.substring(0, 3) : what + ";";
      String check = transport == Transport.UDP ? ";;;1" : ";0;1;";
      assertThat(lines.get(i)).isEqualTo(name + ";0.00" + i + "000000" + check);
    }
    assertThat(tshark("-r", file, "-q", "-z", "expert,note"))
        .noneMatch(line -> line.startsWith("Warns") || line.startsWith("Errors"));
    if (transport != Transport.UDP) {
      String stream = String.join("\n", tshark("-r", file, "-q", "-z", "follow,tcp,ascii,0"));
      for (String what : MESSAGES) {
        assertThat(stream).contains(what);
      }
      assertThat(stream).doesNotContain("missing");
    }
  }

  /** A connection in which one side is silent for more than a window. */
  @Test
  void oneSidedStreamFillsNoWindow() throws Exception {
    DumpWorker worker = worker("pcap");
    Envelope envelope = envelope(Transport.TCP, "192.0.2.1", "192.0.2.2");
    turn(envelope, false);
    for (int i = 0; i < 20; i++) {
      SipBatchBuilder builder = new SipBatchBuilder("source " + i);
      envelope.captureNanos = 1_700_000_000_000_000_000L + i * 1_000_000_000L;
      add(builder, envelope, message("INVITE", 40_000));
      worker.accept(builder.build(0, true), true, 0);
    }
    worker.end(0, () -> false);
    String file = folder.resolve("abcd.pcap").toString();
    assertThat(tshark("-r", file, "-Y", "sip.Method == \"INVITE\"")).hasSize(20);
    assertThat(tshark("-r", file, "-q", "-z", "expert,note"))
        .noneMatch(line -> line.startsWith("Warns") || line.startsWith("Errors"));
  }

  /** Of which each message begins its connection anew, some at the same time as before. */
  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void connectionsThatWereForgottenAreFoundAgain(String extension) throws Exception {
    DumpWorker worker = worker(extension, 1);
    Envelope envelope = envelope(Transport.TCP, "192.0.2.1", "192.0.2.2");
    envelope.destinationPort = 5060;
    SipBatchBuilder builder = new SipBatchBuilder("source");
    for (int i = 0; i < 40; i++) {
      envelope.captureNanos = 1_700_000_000_000_000_000L + i / 10 * 1_000L;
      envelope.sourcePort = 40_000 + i % 2;
      add(builder, envelope, message("INVITE", 4000));
    }
    worker.accept(builder.build(0, true), true, 0);
    worker.end(0, () -> false);
    String file = folder.resolve("abcd." + extension).toString();
    assertThat(tshark("-r", file, "-Y", "sip.Method == \"INVITE\"")).hasSize(40);
    assertThat(tshark("-r", file, "-Y", "tcp.connection.syn")).hasSize(40);
    assertThat(tshark("-r", file, "-q", "-z", "expert,note"))
        .noneMatch(line -> line.startsWith("Warns") || line.startsWith("Errors"));
  }
}
