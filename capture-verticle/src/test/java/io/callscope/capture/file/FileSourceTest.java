package io.callscope.capture.file;

import static io.callscope.capture.packet.CaptureFile.START;
import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.datagram;
import static io.callscope.capture.packet.Frames.ethernet;
import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.invite;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.ipv6;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.udp;
import static io.callscope.capture.packet.Frames.vlan;
import static io.callscope.capture.packet.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchPool;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceStatus;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.source.FakeClock;
import io.callscope.capture.source.FakeSink;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final long MILLI = 1_000_000;

  /** Beyond the figures of packets. */
  private static final Map<String, Long> ONE_INVITE =
      Map.of("parse_attempts", 1L, "parse_ok", 1L, "sip_udp", 1L, "sip_reqs", 1L, "sip_INVITE", 1L);

  @TempDir Path folder;

  private final FakeSink sink = new FakeSink();
  private final FakeClock clock = new FakeClock();
  private PacketFilter filter;
  private DecodeOptions decode = DecodeOptions.DEFAULTS;

  private FileSource run(ReplayOptions replay, int loops, int partitions, String... files) {
    FileInput input = new FileInput(List.of(files), loops, replay);
    CaptureConfig config = new CaptureConfig("capture.0", "pcap", input, "", decode, partitions, 8);
    FileSource source =
        new FileSource(config, input, filter, sink, new BatchPool(), clock, DumpFeed.none());
    source.run(0);
    assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    return source;
  }

  private FileSource run(String... files) {
    return run(ReplayOptions.OFF, 1, 1, files);
  }

  private String file(String name, byte[]... packets) throws IOException {
    CaptureFile file = new CaptureFile();
    for (int i = 0; i < packets.length; i++) {
      file.packet(START + i * MILLI, packets[i]);
    }
    return file.write(folder.resolve(name));
  }

  /** The counters of a group that are not zero. */
  private static Map<String, Long> counters(FileSource source, String group) {
    Map<String, Long> values = new TreeMap<>();
    for (CounterGroup candidate : source.counterGroups()) {
      for (int i = 0; candidate.name().equals(group) && i < candidate.definitions().size(); i++) {
        if (candidate.value(i) != 0) {
          values.put(candidate.definitions().get(i).name(), candidate.value(i));
        }
      }
    }
    return values;
  }

  /** Those of {@code pkt_stats} beyond the figures of packets and IPv4. */
  private Map<String, Long> countersOf(byte[]... packets) throws IOException {
    Map<String, Long> values = counters(run(file("a.pcap", packets)), "pkt_stats");
    values.keySet().removeAll(List.of("total_packets", "total_size", "ip4", "udp", "udp4"));
    return values;
  }

  private SipBatch onlyBatch() {
    List<SipBatch> batches = sink.batches(0).stream().filter(b -> b.size() > 0).toList();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  @Test
  void a1KeepAlivesAreProbes() throws IOException {
    assertThat(countersOf(datagram("\r\n\r\n")))
        .isEqualTo(Map.of("parse_attempts", 1L, "probes", 1L, "keepalive", 1L));
    assertThat(onlyBatch().kind(0)).isEqualTo(RecordKind.PROBE);
    assertThat(onlyBatch().sourcePort(0)).isEqualTo(5060);
    assertThat(onlyBatch().destinationPort(0)).isEqualTo(5070);
  }

  @Test
  void a2ThirteenLettersAreATruncatedMessage() throws IOException {
    assertThat(countersOf(datagram("ABCDEFGHIJKLM")))
        .isEqualTo(
            Map.of(
                "parse_attempts",
                1L,
                "parse_errs",
                1L,
                "parse_errs_udp",
                1L,
                "parse_error_13",
                1L));
    SipBatch batch = onlyBatch();
    assertThat(batch.kind(0)).isEqualTo(RecordKind.PARSE_ERROR);
    assertThat(batch.error(0)).isEqualTo(SipError.TRUNCATED);
    assertThat(batch.message(0).length()).isEqualTo(13);
  }

  @Test
  void a3BytesBehindAMessageAreCountedAndLeftOut() throws IOException {
    String message = invite("c1");
    Map<String, Long> expected = new TreeMap<>(ONE_INVITE);
    expected.putAll(Map.of("offset_errs", 1L, "body_errs", 1L));
    assertThat(countersOf(datagram(message + "x".repeat(20)))).isEqualTo(expected);
    assertThat(onlyBatch().message(0).length()).isEqualTo(message.length());
  }

  @Test
  void a4ABodyCutShortIsNoError() throws IOException {
    String message = invite("c1", 500, "v".repeat(100));
    assertThat(countersOf(datagram(message))).isEqualTo(ONE_INVITE);
    assertThat(onlyBatch().message(0).length()).isEqualTo(message.length());
  }

  @Test
  void a5FragmentsBecomeADatagram() throws IOException {
    byte[] whole = udp(ascii(invite("c1")));
    byte[] first = ethernet(0x0800, ipv4(17, 0x2000, "", Arrays.copyOf(whole, 160)));
    byte[] second =
        ethernet(0x0800, ipv4(17, 20, "", Arrays.copyOfRange(whole, 160, whole.length)));
    Map<String, Long> expected = new TreeMap<>(ONE_INVITE);
    expected.putAll(Map.of("ip4_frags", 2L, "ip4_defrag", 1L, "frag_reassembled", 2L));
    assertThat(countersOf(first, second)).isEqualTo(expected);
    assertThat(sink.records(0)).hasSize(1);
    expected = Map.of("ip4_frags", 1L, "frag_timeouts", 1L);
    assertThat(countersOf(first)).as("half of it is no message").isEqualTo(expected);
  }

  @Test
  void a6VxlanOnAPortOfItsIsNotCountedItself() throws IOException {
    decode = new DecodeOptions(List.of(4789), TcpOptions.DEFAULTS);
    byte[] packet = ethernet(0x0800, vxlan(4789, datagram(invite("c1"))));
    Map<String, Long> expected = new TreeMap<>(ONE_INVITE);
    expected.putAll(Map.of("vxlan", 1L, "vxlan4", 1L, "ip4", 1L, "udp", 1L, "udp4", 1L));
    expected.putAll(Map.of("total_packets", 1L, "total_size", (long) packet.length));
    assertThat(counters(run(file("a.pcap", packet)), "pkt_stats")).isEqualTo(expected);
    assertThat(onlyBatch().sourcePort(0)).as("of the packet inside").isEqualTo(5060);
  }

  @Test
  void a7VxlanOnAnyPortIsAProbe() throws IOException {
    byte[] inner = datagram(invite("c1"));
    assertThat(countersOf(datagram(join(hex("0800000000000700"), inner))))
        .isEqualTo(Map.of("parse_attempts", 1L, "probes", 1L, "not_sip", 1L));
  }

  @Test
  void a17EveryLinkLayerBringsTheMessage() throws IOException {
    byte[] udp = udp(ascii(invite("c1")));
    byte[] sll2 = hex("0800", "0000", "00000002", "0001", "00", "06", "0200000000010000");
    Map<Integer, byte[]> frames =
        Map.of(
            276, join(sll2, ipv4(17, udp)),
            0, join(hex("1e000000"), ipv6(17, udp)),
            101, ipv6(17, udp),
            1, ethernet(0x8100, vlan(0x8100, vlan(0x0800, ipv4(17, udp)))));
    frames.forEach(
        (linkType, frame) -> {
          try {
            String file =
                new CaptureFile(linkType).packet(START, frame).write(folder.resolve("a.pcap"));
            Map<String, Long> values = counters(run(file), "pkt_stats");
            assertThat(values).containsEntry("total_packets", 1L).containsEntry("udp", 1L);
            values.keySet().removeAll(List.of("total_packets", "total_size", "udp"));
            values.keySet().removeAll(List.of("ip4", "udp4", "ip6", "udp6"));
            assertThat(values).as("link type %d", linkType).isEqualTo(ONE_INVITE);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(sink.records(0)).hasSize(4).allMatch(line -> line.startsWith("MESSAGE 0 " + START));
  }

  @Test
  void lineEndsBeforeAMessageAreSkipped() throws IOException {
    assertThat(countersOf(datagram("\r\n\r\n" + invite("c1"))))
        .containsEntry("parse_ok", 1L)
        .doesNotContainKeys("probes", "offset_errs");
    assertThat(onlyBatch().message(0).text(SipIndex.CALL_ID)).isEqualTo("c1");
  }

  @Test
  void repliesAreCountedByClass() throws IOException {
    String reply =
        "SIP/2.0 486 Busy Here\r\nCall-ID: c1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
    assertThat(countersOf(datagram(reply)))
        .containsEntry("sip_repls", 1L)
        .containsEntry("sip_4XX", 1L)
        .doesNotContainKey("sip_reqs");
  }

  @Test
  void dtlsIsCountedAndRaisesNothing() throws IOException {
    assertThat(countersOf(datagram(hex("16fefd000000000000000000010102"))))
        .isEqualTo(Map.of("parse_attempts", 1L, "dtls", 1L));
    assertThat(sink.records(0)).isEmpty();
  }

  @Test
  void parseErrorsGoWhereTheirCallIs() throws IOException {
    List<byte[]> packets = new ArrayList<>();
    for (int call = 0; call < 20; call++) {
      packets.add(datagram(invite("call-" + call)));
      packets.add(datagram(invite("call-" + call).replace("CSeq: 1", "CSeq: x")));
    }
    run(ReplayOptions.OFF, 1, 4, file("a.pcap", packets.toArray(byte[][]::new)));
    int errors = 0;
    for (int p = 0; p < 4; p++) {
      List<String> kinds =
          sink.records(p).stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
      for (int i = 0; i < kinds.size(); i++) {
        assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? "MESSAGE" : "PARSE_ERROR");
      }
      errors += kinds.size() / 2;
    }
    assertThat(errors).isEqualTo(20);
  }

  @Test
  void theEndReachesEveryPartitionWithTheFinalClock() throws IOException {
    run(ReplayOptions.OFF, 1, 3, file("a.pcap", datagram(invite("c1")), datagram("\r\n")));
    for (int p = 0; p < 3; p++) {
      List<SipBatch> batches = sink.batches(p);
      SipBatch last = batches.get(batches.size() - 1);
      assertThat(last.isLast()).isTrue();
      assertThat(last.markNanos()).isEqualTo(START + MILLI);
      assertThat(batches).extracting(SipBatch::sequence).doesNotHaveDuplicates().isSorted();
      assertThat(batches).filteredOn(SipBatch::isLast).hasSize(1);
    }
  }

  @Test
  void whatAPartitionGetsDependsOnTheFileAlone() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      packets.add(
          switch (random.nextInt(4)) {
            case 0 -> datagram("\r\n");
            case 1 -> datagram("x".repeat(20 + random.nextInt(3000)));
            default -> datagram(invite("call-" + random.nextInt(50)));
          });
    }
    String file = file("a.pcap", packets.toArray(byte[][]::new));
    run(ReplayOptions.OFF, 1, 3, file);
    List<List<String>> fast = List.of(sink.records(0), sink.records(1), sink.records(2));
    int batches = sink.sent.size();
    sink.sent.clear();
    clock.costNanos = 100_000;
    run(new ReplayOptions(true, 0.3, 0, 0), 1, 3, file);
    assertThat(List.of(sink.records(0), sink.records(1), sink.records(2))).isEqualTo(fast);
    assertThat(sink.sent.size()).as("cut differently").isNotEqualTo(batches);
    assertThat(fast.stream().mapToInt(List::size).sum()).isEqualTo(3000);
  }

  @Test
  void noRecordIsOlderThanAMarkBeforeIt() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    CaptureFile file = new CaptureFile();
    for (int i = 0; i < 2000; i++) {
      file.packet(START + i * MILLI + random.nextLong(-50, 50) * MILLI, datagram("\r\n"));
    }
    FileSource source = run(ReplayOptions.OFF, 2, 2, file.write(folder.resolve("a.pcap")));
    assertThat(counters(source, "pkt_stats").get("back_times")).isGreaterThan(2000);
    for (int p = 0; p < 2; p++) {
      long mark = 0;
      for (SipBatch batch : sink.batches(p)) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.captureNanos(i)).isBetween(mark, batch.markNanos());
        }
        mark = batch.markNanos();
      }
    }
  }

  @Test
  void everyPartitionLearnsFirstWhenWatchingBegan() throws IOException {
    run(ReplayOptions.OFF, 1, 3, file("a.pcap", datagram(invite("c1")), datagram(invite("c2"))));
    for (int p = 0; p < 3; p++) {
      SipBatch first = sink.batches(p).get(0);
      assertThat(first.size()).isZero();
      assertThat(first.markNanos()).isEqualTo(START);
    }
  }

  @Test
  void a18ReplayKeepsTheAdjustedGaps() throws IOException {
    CaptureFile file = new CaptureFile();
    for (long millis : new long[] {0, 400, 500, 9500}) {
      file.packet(START + millis * MILLI, datagram("\r\n"));
    }
    long now = clock.monotonicNanos;
    FileSource source =
        run(
            new ReplayOptions(true, 0.5, 100 * MILLI, 1000 * MILLI),
            1,
            1,
            file.write(folder.resolve("a.pcap")));
    assertThat(clock.sleeps)
        .containsExactly(now + 200 * MILLI, now + 300 * MILLI, now + 1300 * MILLI);
    assertThat(sink.batches(0)).as("the start, before each wait, the end").hasSize(5);
    assertThat(counters(source, "pcap.a_pcap"))
        .as("none is late")
        .containsOnlyKeys("packets", "bytes");
  }

  @Test
  void latenessIsCountedByClass() throws IOException {
    FileCounters counters = FileCounters.of(List.of("/x/demo.pcap")).get("/x/demo.pcap");
    for (long micros : new long[] {0, 1000, 1001, 9999, 10_000, 99_999, 100_000, 1_000_000}) {
      counters.late(micros * 1000);
    }
    CounterGroup group = counters.group();
    assertThat(group.name()).isEqualTo("pcap.demo_pcap");
    Map<String, Long> values = new TreeMap<>();
    for (int i = 0; i < group.definitions().size(); i++) {
      values.put(group.definitions().get(i).name(), group.value(i));
    }
    assertThat(values)
        .containsEntry("t_delayed", 6L)
        .containsEntry("delayed1", 2L)
        .containsEntry("delayed10", 2L)
        .containsEntry("delayed100", 1L)
        .containsEntry("delayed1000", 1L);
  }

  @Test
  void aLateReplayCatchesUpWithoutWaiting() throws IOException {
    CaptureFile file = new CaptureFile();
    for (int i = 0; i < 50; i++) {
      file.packet(START + i * MILLI, datagram("\r\n"));
    }
    clock.costNanos = 5 * MILLI;
    FileSource source =
        run(new ReplayOptions(true, 0, 0, 0), 1, 1, file.write(folder.resolve("a.pcap")));
    assertThat(clock.sleeps).isEmpty();
    assertThat(counters(source, "pcap.a_pcap").get("t_delayed")).isGreaterThan(45);
  }

  @Test
  void absurdTimesAreCountedAndTakeTheTimeOfThePacketBefore() throws IOException {
    String file =
        new CaptureFile()
            .packet(START, datagram("\r\n"))
            .packet(5, datagram("\r\n"))
            .packet(START + MILLI, datagram("\r\n"))
            .write(folder.resolve("a.pcap"));
    FileSource source = run(new ReplayOptions(true, 0, 0, 0), 1, 1, file);
    assertThat(counters(source, "pcap.a_pcap")).containsEntry("bad_times", 1L);
    assertThat(counters(source, "pkt_stats")).containsEntry("bad_times", 1L);
    List<Long> times = new ArrayList<>();
    for (SipBatch batch : sink.batches(0)) {
      for (int i = 0; i < batch.size(); i++) {
        times.add(batch.captureNanos(i));
        assertThat(batch.arrivalNanos(i)).isEqualTo(clock.wallNanos);
      }
    }
    assertThat(times).containsExactly(START, START, START + MILLI);
    assertThat(clock.sleeps).hasSize(1);
  }

  @Test
  void anAbsurdTimeAtTheBeginningTakesTheFirstSaneOne() throws IOException {
    String file =
        new CaptureFile()
            .packet(0, datagram("\r\n"))
            .packet(START, datagram("\r\n"))
            .write(folder.resolve("a.pcap"));
    FileSource source = run(ReplayOptions.OFF, 1, 1, file);
    assertThat(times()).containsExactly(START, START);
    assertThat(counters(source, "pkt_stats")).containsEntry("bad_times", 1L);
  }

  @Test
  void aFileWithoutAnySaneTimeTakesThatOfItsReading() throws IOException {
    String file = new CaptureFile().packet(0, datagram("\r\n")).write(folder.resolve("a.pcap"));
    run(ReplayOptions.OFF, 1, 1, file);
    assertThat(times()).containsExactly(clock.wallNanos);
  }

  private List<Long> times() {
    List<Long> times = new ArrayList<>();
    for (SipBatch batch : sink.batches(0)) {
      for (int i = 0; i < batch.size(); i++) {
        times.add(batch.captureNanos(i));
      }
    }
    return times;
  }

  @Test
  void aFileOfWhichNothingCanBeReadFails() throws IOException {
    String file =
        new CaptureFile(105).packet(START, datagram("\r\n")).write(folder.resolve("wlan.pcap"));
    FileSource source = run(ReplayOptions.OFF, 1, 1, file);
    assertThat(source.end().error())
        .isEqualTo(file + ": nothing of its 1 packets was read: link type 105 is not supported");
    assertThat(counters(source, "pkt_stats")).containsEntry("link_unsupported", 1L);
  }

  @Test
  void loopsAndFilesReadOn() throws IOException {
    String a = file("a.pcap", datagram("\r\n"), datagram(invite("c1")));
    Path other = Files.createDirectory(folder.resolve("other"));
    String b = new CaptureFile().packet(START, datagram("\r\n")).write(other.resolve("a.pcap"));
    FileSource source = run(ReplayOptions.OFF, 3, 1, a, b);
    SourceStatus status = source.end();
    assertThat(status.state()).isEqualTo(SourceStatus.State.ENDED);
    assertThat(status.packets()).isEqualTo(9);
    assertThat(status.readBytes()).isEqualTo(status.totalBytes()).isPositive();
    assertThat(status.firstNanos()).isEqualTo(START);
    assertThat(status.lastNanos()).isEqualTo(START + MILLI);
    assertThat(status.captureMillis()).isEqualTo(3);
    assertThat(counters(source, "pcap.a_pcap")).containsEntry("packets", 6L);
    assertThat(counters(source, "pcap.a_pcap_2")).containsEntry("packets", 3L);
  }

  /** Its bytes are read ahead, so they do not tell how far it is. */
  @Test
  void aReplaySaysNothingOfHowMuchIsLeft() throws IOException {
    String file = file("a.pcap", datagram(invite("c1")), datagram(invite("c2")));
    SourceStatus status = run(ReplayOptions.AS_CAPTURED, 1, 1, file).end();
    assertThat(status.packets()).isEqualTo(2);
    assertThat(status.totalBytes()).isZero();
    assertThat(status.pace().leftMillis()).isNegative();
  }

  @Test
  void errorsOfOneFileDoNotKeepTheNextFromBeingRead() throws IOException {
    String good = file("good.pcap", datagram(invite("c1")));
    String missing = folder.resolve("missing.pcap").toString();
    String damaged =
        new CaptureFile()
            .packet(START, datagram("\r\n"))
            .bytes(new byte[8])
            .bytes((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 1, (byte) 0)
            .bytes(new byte[2])
            .write(folder.resolve("damaged.pcap"));
    FileSource source = run(ReplayOptions.OFF, 2, 1, missing, damaged, good);
    SourceStatus status = source.end();
    assertThat(status.state()).isEqualTo(SourceStatus.State.FAILED);
    assertThat(status.error())
        .isEqualTo(
            missing
                + ": no such file; "
                + damaged
                + ": record at byte 84 claims 4294967295 bytes, cut off or damaged"
                + "; the last 16 bytes were not read");
    assertThat(counters(source, "pcap.damaged_pcap"))
        .containsEntry("packets", 2L)
        .containsEntry("damaged", 2L)
        .containsEntry("unread_bytes", 32L);
    assertThat(counters(source, "pcap.missing_pcap")).containsEntry("failed", 2L);
    assertThat(status.packets()).isEqualTo(4);
  }

  @Test
  void aFileThatEndsWithinARecordIsReadToThereAndFails() throws IOException {
    String file =
        new CaptureFile()
            .packet(START, datagram("\r\n"))
            .bytes(new byte[7])
            .write(folder.resolve("a.pcap"));
    FileSource source = run(file);
    SourceStatus end = source.end();
    assertThat(end.state()).isEqualTo(SourceStatus.State.FAILED);
    assertThat(end.error()).startsWith(file + ": ").contains("cut off");
    assertThat(counters(source, "pcap.a_pcap"))
        .containsEntry("packets", 1L)
        .containsEntry("cut_off", 1L)
        .containsEntry("unread_bytes", 7L);
  }

  @Test
  void ofAPackedFileThatIsDamagedAllBeforeTheDamageIsReadAndTheRestIsSaid() throws IOException {
    CaptureFile capture = new CaptureFile();
    for (int i = 0; i < 300; i++) {
      capture.packet(START, datagram(invite("c" + i * 7919)));
    }
    byte[] plain = Files.readAllBytes(Path.of(capture.write(folder.resolve("plain.pcap"))));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    byte[] damaged = packed.toByteArray();
    // No block of packed data begins like that.
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 40, (byte) 0xff);
    Path file = folder.resolve("a.pcap.gz");
    Files.write(file, damaged);
    FileSource source = run(file.toString());
    SourceStatus end = source.end();
    assertThat(end.state()).isEqualTo(SourceStatus.State.FAILED);
    assertThat(end.error()).contains("damaged").contains("bytes were not read");
    Map<String, Long> counters = counters(source, "pcap.a_pcap_gz");
    assertThat(counters.get("packets")).isBetween(100L, 200L);
    assertThat(counters.get("damaged")).isEqualTo(1);
    assertThat(counters.get("unread_bytes")).isBetween(1L, damaged.length / 2L);
  }

  @Test
  void anInterruptEndsTheReadingWithAnAccount() throws IOException {
    byte[][] packets = new byte[5000][];
    Arrays.fill(packets, datagram("\r\n"));
    sink.credits = 4; // one for the batch that brings the time of the start
    FileSource source = run(file("a.pcap", packets));
    assertThat(source.end().packets()).isBetween(700L, 4999L);
    assertThat(counters(source, "feed")).containsEntry("records_sent", 768L);
  }

  @Test
  void everyPacketOfADamagedCaptureIsAccountedFor() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    CaptureFile file = new CaptureFile();
    byte[] frame = datagram(invite("c1"));
    for (int i = 0; i < 20_000; i++) {
      byte[] packet = frame.clone();
      for (int change = random.nextInt(4); change > 0; change--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(packet.length) : packet.length;
      file.packet(START + i, Arrays.copyOf(packet, length), packet.length);
    }
    FileSource source = run(ReplayOptions.OFF, 1, 4, file.write(folder.resolve("a.pcap")));
    assertThat(source.balances())
        .extracting(Balance::stage)
        .containsExactly(
            "packets",
            "fragments",
            "datagrams",
            "TCP",
            "segments",
            "segment bytes",
            "stream bytes",
            "records");
    assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    assertThat(source.balances().get(0).in()).isEqualTo(20_000);
    int records = 0;
    for (int p = 0; p < 4; p++) {
      records += sink.records(p).size();
    }
    assertThat(source.balances().get(7).handled()).isEqualTo(records);
    assertThat(counters(source, "pkt_stats")).containsKeys("parse_ok", "parse_errs", "cut");
  }
}
