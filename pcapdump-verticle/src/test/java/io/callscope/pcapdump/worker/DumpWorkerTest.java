package io.callscope.pcapdump.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.CallEvent;
import io.callscope.bus.Envelope;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.bus.NoteKind;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.counters.CounterTable;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.pcap.CallFileNames;
import io.callscope.pcap.PacketReader;
import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.DumpCounters;
import io.callscope.pcapdump.file.FailureLog;
import io.callscope.pcapdump.file.Limits;
import io.callscope.sip.CallIdLimit;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpWorkerTest {
  @TempDir Path folder;

  private final SipBatchBuilder builder = new SipBatchBuilder("pcap");
  private final Envelope envelope = new Envelope();
  private final DumpControls controls = new DumpControls(true);
  private final DumpCounters counters = new DumpCounters();
  private DumpWorker worker;

  @BeforeEach
  void start() {
    envelope.captureNanos = 1_700_000_000_000_000_000L;
    envelope.sourceLow = IpAddress.lowOfIpv4(0xc000_0201);
    envelope.destinationLow = IpAddress.lowOfIpv4(0xc000_0202);
    worker("pcap");
  }

  private void worker(String extension) {
    worker(extension, 1);
  }

  private void worker(String extension, int writers) {
    boolean pcapng = extension.equals("pcapng");
    CallFileNames names = new CallFileNames("", "", extension, 0);
    Limits limits = new Limits(1000, 10, 1 << 20, 10, 1000);
    CallFiles files = new CallFiles(folder, names, pcapng, limits, counters, new FailureLog());
    worker = new DumpWorker(files, counters, pcapng, 1, writers, controls::state);
  }

  private static String options(String callId, String from, String to) {
    return "OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <"
        + from
        + ">;tag=1\r\nTo: <"
        + to
        + ">\r\nCall-ID: "
        + callId
        + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
  }

  private void message(String callId, String from, String to) {
    byte[] bytes = options(callId, from, to).getBytes(StandardCharsets.US_ASCII);
    int[] row = new int[SipIndex.SIZE];
    assertThat(new SipParser().parseDatagram(bytes, 0, bytes.length, row)).isZero();
    builder.addWhole(RecordKind.MESSAGE, envelope, 0, bytes, 0, row);
  }

  private SipBatch batch(boolean last) {
    return builder.build(0, last);
  }

  private void write() {
    worker.accept(batch(false), true, 0);
    worker.end(0, () -> false);
    assertThat(counters.balance().missing()).isZero();
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private long counted(String counter) {
    CounterTable table = new CounterTable();
    table.add(counters.group());
    return table.value("pcap_dump." + counter);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "callId, ^a, a1.pcap a2.pcap",
        "from, alice, a1.pcap b1.pcap",
        "to, ^sip:bob@, a1.pcap",
        "source, 192.0.2.0/24, a1.pcap a2.pcap b1.pcap",
        "source, 10.0.0.0/8, \"\"",
        "from, nobody, \"\"",
      })
  void filterChoosesCalls(String field, String value, String files) throws IOException {
    controls.apply(Map.of("change", "filter", field, value));
    message("a1", "sip:alice@x", "sip:bob@x");
    message("a2", "sip:bob@x", "sip:carol@x");
    message("b1", "sip:alice@x", "sip:carol@x");
    write();
    assertThat(written()).isEqualTo(files.isEmpty() ? List.of() : List.of(files.split(" ", -1)));
    assertThat(counted("dropped_filter")).isEqualTo(3 - written().size());
  }

  @Test
  void fieldsOfAFilterAreAllLookedAt() throws IOException {
    controls.apply(Map.of("change", "filter", "callId", "1", "from", "bob"));
    message("a1", "sip:alice@x", "sip:bob@x");
    message("a2", "sip:bob@x", "sip:carol@x");
    message("b1", "sip:bob@x", "sip:carol@x");
    write();
    assertThat(written()).containsExactly("b1.pcap");
  }

  /** The called side's BYE has From and To the other way round. */
  @Test
  void firstMessageDecidesForItsCall() throws IOException {
    controls.apply(Map.of("change", "filter", "from", "alice"));
    message("a", "sip:alice@x", "sip:bob@x");
    message("a", "sip:bob@x", "sip:alice@x");
    message("b", "sip:bob@x", "sip:alice@x");
    message("b", "sip:alice@x", "sip:bob@x");
    worker.accept(batch(false), true, 0);
    controls.apply(Map.of("change", "filter", "from", "alice"));
    message("b", "sip:alice@x", "sip:bob@x");
    write();
    assertThat(written()).containsExactly("a.pcap", "b.pcap");
    assertThat(counted("written_msgs")).isEqualTo(3);
    assertThat(counted("dropped_filter")).isEqualTo(2);
  }

  /** There are so many of them that each remembers two calls. */
  @Test
  void writersShareTheRoomForWhatTheFilterSaid() throws IOException {
    worker("pcap", Decisions.ALL_CALLS / 2);
    controls.apply(Map.of("change", "filter", "from", "alice"));
    message("a", "sip:alice@x", "sip:bob@x");
    message("b", "sip:bob@x", "sip:alice@x");
    message("a", "sip:bob@x", "sip:alice@x");
    message("c", "sip:bob@x", "sip:alice@x");
    message("a", "sip:bob@x", "sip:alice@x");
    message("b", "sip:alice@x", "sip:bob@x");
    write();
    assertThat(written()).containsExactly("a.pcap", "b.pcap");
    assertThat(counted("dropped_filter")).isEqualTo(2);
  }

  @Test
  void filterWithoutFieldsWantsAll() throws IOException {
    controls.apply(Map.of("change", "filter", "from", "nobody"));
    assertThat(controls.apply(Map.of("change", "filter"))).isEmpty();
    message("a", "sip:alice@x", "sip:bob@x");
    write();
    assertThat(written()).containsExactly("a.pcap");
  }

  @Test
  void nothingIsWrittenWhileOff() throws IOException {
    assertThat(controls.apply(Map.of("change", "dumping", "on", false)))
        .isEqualTo(Map.of("on", false));
    message("a", "sip:alice@x", "sip:bob@x");
    worker.accept(batch(false), true, 0);
    controls.apply(Map.of("change", "dumping", "on", true));
    message("b", "sip:alice@x", "sip:bob@x");
    write();
    assertThat(written()).containsExactly("b.pcap");
    assertThat(counted("dropped_off")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "change=nothing; no such change",
        "change=dumping; on must be given",
        "change=dumping,on=yes; on must be true or false",
        "change=filter,from=(; bad regular expression",
        "change=filter,source=300.0.0.0/8; no IP address or network",
      })
  void wrongChangesChangeNothing(String change, String reason) {
    controls.apply(Map.of("change", "filter", "from", "alice"));
    DumpState before = controls.state();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field : change.split(",", -1)) {
      fields.put(field.split("=", 2)[0], field.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> controls.apply(fields))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
    assertThat(controls.state()).isSameAs(before);
  }

  @ParameterizedTest
  @CsvSource({"(a+)+$, 60", "(a|b)*c, 50000"})
  void expressionThatTakesTooMuchWantsNothing(String expression, int letters) throws IOException {
    controls.apply(Map.of("change", "filter", "from", "alice|" + expression));
    message("a", "sip:" + "a".repeat(letters) + "!@x", "sip:bob@x");
    message("b", "sip:alice@x", "sip:bob@x");
    write();
    assertThat(written()).containsExactly("b.pcap");
    assertThat(counted("dropped_filter")).isEqualTo(1);
  }

  /** They are too long to be remembered whole, and their files differ all the same. */
  @Test
  void callsWithLongCallIdsHaveTheirOwnFiles() throws IOException {
    String start = "x".repeat(CallIdLimit.MAX_KEPT_BYTES);
    controls.apply(Map.of("change", "filter", "to", "bob"));
    for (String end : List.of("", "1", "2", "1")) {
      message(start + end, "sip:alice@x", end.equals("2") ? "sip:carol@x" : "sip:bob@x");
    }
    worker.accept(batch(false), true, 0);
    controls.apply(Map.of("change", "filter"));
    message(start + "2", "sip:alice@x", "sip:carol@x");
    write();
    assertThat(written()).hasSize(3);
    assertThat(counted("written_msgs")).isEqualTo(4);
    assertThat(counted("new_files")).isEqualTo(3);
  }

  @Test
  void batchThatComesAgainIsNotWrittenAgain() throws IOException {
    message("a", "sip:alice@x", "sip:bob@x");
    SipBatch batch = batch(false);
    worker.accept(batch, true, 0);
    worker.accept(batch, true, 0);
    write();
    assertThat(counted("written_msgs")).isEqualTo(1);
    assertThat(counted("repeated_msgs")).isEqualTo(1);
  }

  @Test
  void endOfASourceBringsAllToTheDisk() throws IOException {
    message("a", "sip:alice@x", "sip:bob@x");
    worker.accept(batch(true), true, 0);
    assertThat(written()).containsExactly("a.pcap");
    assertThat(counted("crt_alloc_msgs")).isZero();
  }

  @Test
  void commentsSayWhatThePacketCannot() throws IOException {
    worker("pcapng");
    envelope.transport = Transport.WS;
    envelope.flags = RecordFlags.TRUNCATED;
    envelope.notes.add(NoteKind.SBC, "sbc01".getBytes(StandardCharsets.US_ASCII), 0, 5);
    message("a", "sip:alice@x", "sip:bob@x");
    write();
    String file = Files.readString(folder.resolve("a.pcapng"), StandardCharsets.ISO_8859_1);
    assertThat(file).contains("input pcap, ws, partition 0, by SBC sbc01, cut off");
  }

  private CallEvent event(String callId, EventType type, long nanos) {
    EventTexts texts = new EventTexts.Builder().add(EventText.CALL_ID, callId).build();
    EventEnds ends = new EventEnds(Transport.UDP, 0, 0, 0, 0, 0, 0);
    return CallEvent.raised(type, nanos, ends, texts, null, null);
  }

  @Test
  void eventsThatFindNoMessageAreCounted() {
    worker("pcapng");
    long first = envelope.captureNanos;
    for (int i = 0; i < 1024; i++) {
      worker.event(event("c" + i, EventType.CALL_END, first));
    }
    assertThat(counted("unnoted_events")).isZero();
    worker.event(event("c1023", EventType.REG_DEL, first));
    worker.event(event("another", EventType.CALL_END, first));
    assertThat(counted("unnoted_events")).as("one replaced, one pushed out").isEqualTo(2);
  }

  /** Whichever comes first; and only that message gets it. */
  @Test
  void eventIsNotedOnTheMessageThatRaisedIt() throws IOException {
    worker("pcapng");
    envelope.transport = Transport.TCP;
    long first = envelope.captureNanos;
    worker.event(event("a", EventType.CALL_START, first + 1));
    worker.event(event("b", EventType.CALL_END, first));
    message("a", "sip:alice@x", "sip:bob@x");
    envelope.captureNanos = first + 1;
    message("a", "sip:alice@x", "sip:bob@x");
    envelope.captureNanos = first + 2;
    message("a", "sip:alice@x", "sip:bob@x");
    worker.accept(batch(false), true, 0);
    worker.event(event("a", EventType.CALL_END, first + 2));
    worker.event(event("a", EventType.REG_DEL, first + 3));
    worker.end(0, () -> false);
    String file = Files.readString(folder.resolve("a.pcapng"), StandardCharsets.ISO_8859_1);
    List<String> packets = List.of(file.split("OPTIONS sip:", -1));
    assertThat(packets).hasSize(4);
    assertThat(packets.get(1)).doesNotContain("event");
    assertThat(packets.get(2)).contains("input pcap", "event call-start");
    assertThat(packets.get(3)).contains("event call-end").doesNotContain("reg-del");
    try (PacketReader reader = PacketReader.open(folder.resolve("a.pcapng").toString())) {
      int count = 0;
      while (reader.next()) {
        count++;
      }
      assertThat(count).isEqualTo(6);
    }
  }
}
