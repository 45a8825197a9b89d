package io.callscope.pcapdump.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import io.callscope.counters.CounterGroup;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.pcap.CallFileNames;
import io.callscope.pcap.FileWindow;
import io.callscope.pcap.LinkType;
import io.callscope.pcap.PacketReader;
import io.callscope.pcap.PcapWriter;
import io.callscope.sip.CallIdHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallFilesTest {
  private static final long TIME = 1_708_009_089_250_000_000L;
  private static final byte[] NO_COMMENT = {};

  @TempDir Path folder;

  private final FailingDisk disk = new FailingDisk();
  private final FailureLog failures = new FailureLog();
  private final Envelope envelope = envelope();
  private Limits limits = new Limits(1000, 4, 1 << 20, 100, 1000);
  private DumpCounters counters;
  private CallFiles files;

  private static Envelope envelope() {
    Envelope envelope = new Envelope();
    envelope.captureNanos = TIME;
    envelope.sourceLow = IpAddress.lowOfIpv4(0xc633_6407);
    envelope.destinationLow = IpAddress.lowOfIpv4(0xc000_0209);
    envelope.sourcePort = 5060;
    envelope.destinationPort = 5080;
    return envelope;
  }

  /** As after a start of the program. */
  private void start(String extension, int subdirectories) {
    counters = new DumpCounters();
    CallFileNames names = new CallFileNames("callid_", "", extension, subdirectories);
    boolean pcapng = extension.equals("pcapng");
    files = new CallFiles(folder.resolve("d"), names, pcapng, limits, counters, failures, disk);
  }

  private void start() {
    start("pcap", 0);
  }

  private void add(String callId, String text, boolean good, long nowMillis) {
    byte[] bytes = callId.getBytes(StandardCharsets.ISO_8859_1);
    CallId id = new CallId();
    id.set(bytes, 0, bytes.length, CallIdHash.of(bytes, 0, bytes.length));
    byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
    files.add(id, envelope, payload, 0, payload.length, good, NO_COMMENT, nowMillis);
    counters.received(1);
  }

  private void add(String callId, String text) {
    add(callId, text, true, 0);
  }

  private void end() {
    files.end(0, () -> false);
    assertThat(counters.balance().missing()).isZero();
  }

  private Path file(String callId) {
    return folder.resolve("d").resolve("callid_" + callId + ".pcap");
  }

  private Map<String, Long> counted() {
    Map<String, Long> values = new TreeMap<>();
    List<CounterGroup.Definition> definitions = counters.group().definitions();
    for (int i = 0; i < definitions.size(); i++) {
      values.put(definitions.get(i).name(), counters.group().value(i));
    }
    return values;
  }

  /** The UDP payloads of a file, and of TCP the parts with data. */
  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(file.toString())) {
      while (reader.next()) {
        assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
        int at = reader.offset();
        byte[] frame = Arrays.copyOfRange(reader.buffer(), at, at + reader.capturedLength());
        int headers = frame[23] == 17 ? 42 : 34 + ((frame[46] & 0xf0) >> 2);
        if (frame.length > headers) {
          texts.add(
              new String(frame, headers, frame.length - headers, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return texts;
  }

  @Test
  void firstMessageMakesDirectoryAndFile() throws IOException {
    start();
    add("abcd", "one");
    assertThat(folder.resolve("d")).doesNotExist();
    end();
    assertThat(texts(file("abcd"))).containsExactly("one");
    assertThat(counted())
        .containsEntry("new_subdirs", 1L)
        .containsEntry("new_files", 1L)
        .containsEntry("written_msgs", 1L)
        .containsEntry("bytes_written", 45L)
        .containsEntry("dropped_write", 0L);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d"))))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("abcd"))))
        .startsWith("rw-r");
  }

  @Test
  void subdirectoryIsMadeWithItsFirstFile() throws IOException {
    start("pcap", 36);
    add("a84b4c76e66710@pc33.atlanta.com", "x");
    end();
    assertThat(folder.resolve("d/06/callid_a84b4c76e66710@pc33.atlanta.com.pcap")).exists();
    assertThat(counted()).containsEntry("new_subdirs", 2L);
  }

  @Test
  void nobodyLeavesTheDirectory() {
    start();
    add("../../etc/passwd", "x");
    end();
    assertThat(file("..%2F..%2Fetc%2Fpasswd")).exists();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "abcd", "abcdefg"})
  void anyCallIdIsLongEnough(String callId) throws IOException {
    start();
    add(callId, "x");
    end();
    assertThat(texts(file(callId))).containsExactly("x");
  }

  @Test
  void nextStartAppendsWithoutASecondHeader() throws IOException {
    start();
    add("abcd", "one");
    end();
    start();
    add("abcd", "two");
    end();
    assertThat(texts(file("abcd"))).containsExactly("one", "two");
    assertThat(counted()).containsEntry("new_files", 0L);
    assertThat(Files.size(file("abcd"))).isEqualTo(24 + 2 * (16 + 42 + 3));
  }

  @Test
  void badMessageIsOnlyAppended() throws IOException {
    start();
    add("none", "bad", false, 0);
    assertThat(folder.resolve("d")).doesNotExist();
    assertThat(counted()).containsEntry("err_missing_file", 1L).containsEntry("dropped_write", 1L);
    add("abcd", "good");
    add("abcd", "bad in memory", false, 0);
    end();
    assertThat(texts(file("abcd"))).containsExactly("good", "bad in memory");
    start();
    add("abcd", "bad on disk", false, 0);
    end();
    assertThat(texts(file("abcd"))).containsExactly("good", "bad in memory", "bad on disk");
    assertThat(counted()).containsEntry("new_subdirs", 0L);
  }

  @Test
  void messagesAreGatheredForTheFlushTime() throws IOException {
    start();
    add("a", "1", true, 0);
    add("b", "1", true, 500);
    add("a", "2", true, 900);
    files.tick(999);
    assertThat(file("a")).doesNotExist();
    files.tick(1000);
    assertThat(texts(file("a"))).containsExactly("1", "2");
    assertThat(file("b")).doesNotExist();
    files.tick(1500);
    assertThat(texts(file("b"))).containsExactly("1");
    assertThat(disk.writes).isEqualTo(2);
    end();
  }

  @Test
  void callThatGathersMuchIsWrittenAtOnce() {
    start();
    for (int i = 0; i < 300; i++) {
      add("a", "x".repeat(1000));
    }
    assertThat(disk.writes).isEqualTo(1);
    end();
  }

  @Test
  void gatheredMessagesAreBounded() throws IOException {
    limits = new Limits(1000, 4, 100_000, 100, 1000);
    start();
    for (int i = 0; i < 1000; i++) {
      add("call" + i % 90, "x".repeat(700) + i);
      assertThat(counted().get("crt_alloc_bytes")).isLessThanOrEqualTo(100_000);
    }
    end();
    for (int call = 0; call < 90; call++) {
      List<String> texts = texts(file("call" + call));
      for (int i = 0; i < texts.size(); i++) {
        assertThat(texts.get(i)).endsWith("x" + (call + 90 * i));
      }
    }
    assertThat(counted()).containsEntry("written_msgs", 1000L);
  }

  /** Few calls are remembered, few files are open, and all of them are touched again and again. */
  @Test
  void everyMessageOfManyCallsIsWrittenOnceAndInOrder() throws IOException {
    limits = new Limits(50, 3, 20_000, 10, 1000);
    Random random = new Random(5);
    Map<String, List<String>> expected = new LinkedHashMap<>();
    start();
    for (int i = 0; i < 20_000; i++) {
      String call = "call" + random.nextInt(60);
      envelope.transport = call.endsWith("7") ? Transport.TCP : Transport.UDP;
      if (random.nextInt(50) == 0) {
        files.tick(i);
      }
      add(call, "message " + i, true, i);
      expected.computeIfAbsent(call, key -> new ArrayList<>()).add("message " + i);
      assertThat(counted().get("open_files")).isLessThanOrEqualTo(3);
      assertThat(counted().get("known_calls")).isLessThanOrEqualTo(10);
    }
    end();
    for (Map.Entry<String, List<String>> call : expected.entrySet()) {
      assertThat(texts(file(call.getKey()))).isEqualTo(call.getValue());
    }
    assertThat(counted())
        .containsEntry("written_msgs", 20_000L)
        .containsEntry("new_files", 60L)
        .containsEntry("repaired_files", 0L);
    assertThat(disk.closes).isEqualTo(disk.opens + disk.creates);
  }

  @Test
  void streamGoesOnWhereItsFileEnds() throws IOException {
    envelope.transport = Transport.TCP;
    start();
    add("abcd", "0123456789");
    end();
    start();
    add("abcd", "next");
    end();
    byte[] file = Files.readAllBytes(file("abcd"));
    assertThat(texts(file("abcd"))).containsExactly("0123456789", "next");
    // 24 header, handshake 2 x (16 + 58) + (16 + 54), data (16 + 64), data (16 + 58)
    assertThat(file.length).isEqualTo(24 + 74 + 74 + 70 + 80 + 74);
    int first = int32(file, 24 + 74 + 74 + 70 + 16 + 38);
    int second = int32(file, 24 + 74 + 74 + 70 + 80 + 16 + 38);
    assertThat(second - first).isEqualTo(10);
  }

  /** A call with any number of connections must not keep the memory that others need. */
  @Test
  void connectionsOfAllCallsAreBounded() throws IOException {
    limits = new Limits(1000, 4, 1 << 20, 100, 50);
    envelope.transport = Transport.TCP;
    start();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      envelope.sourcePort = 10_000 + i;
      add("flood" + i % 2, "x");
      envelope.sourcePort = 5060;
      add("good", "message " + i);
      expected.add("message " + i);
      assertThat(counted().get("known_connections")).isLessThanOrEqualTo(50);
    }
    end();
    assertThat(texts(file("good"))).isEqualTo(expected);
    assertThat(packets(file("good"))).as("its connection began once").isEqualTo(3 + 100);
    assertThat(counted()).containsEntry("written_msgs", 200L);
    assertThat(counted().get("forgotten_connections")).isBetween(50L, 75L);
  }

  @Test
  void connectionsOfForgottenCallsAreForgotten() {
    limits = new Limits(1000, 4, 1 << 20, 3, 50);
    envelope.transport = Transport.TCP;
    start();
    for (int i = 0; i < 20; i++) {
      add("call" + i, "x");
    }
    assertThat(counted())
        .containsEntry("known_connections", 3L)
        .containsEntry("forgotten_connections", 0L);
    disk.room = 0;
    files.flush(0);
    assertThat(counted()).containsEntry("known_connections", 0L);
  }

  /** Those that one call has too many of are counted too. */
  @Test
  void connectionsOfOneCallAreBounded() {
    envelope.transport = Transport.TCP;
    start();
    for (int i = 0; i < 300; i++) {
      envelope.sourcePort = 10_000 + i;
      add("a", "x");
    }
    assertThat(counted())
        .containsEntry("known_connections", 256L)
        .containsEntry("forgotten_connections", 44L);
    end();
  }

  private static int packets(Path file) throws IOException {
    return times(file).size();
  }

  private static int int32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void recordThatWasCutOffIsTakenOffBeforeMoreIsAppended(String extension) throws IOException {
    start(extension, 0);
    add("abcd", "one");
    end();
    Path file = folder.resolve("d/callid_abcd." + extension);
    byte[] whole = Files.readAllBytes(file);
    int header = extension.equals("pcap") ? 24 : 80;
    for (int cut = 0; cut < whole.length; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));
      start(extension, 0);
      add("abcd", "two");
      end();
      assertThat(texts(file)).as("cut at %d", cut).containsExactly("two");
      assertThat(counted())
          .containsEntry("repaired_files", cut == 0 || cut == header ? 0L : 1L)
          .containsEntry("dropped_write", 0L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void endOfALargeFileIsFound(String extension) throws IOException {
    limits = new Limits(1000, 4, 1 << 24, 100, 1000);
    Random random = new Random(3);
    for (int cut = 0; cut < 40; cut++) {
      start(extension, 0);
      byte[] text = new byte[40_000];
      random.nextBytes(text);
      for (int i = 0; i < 12; i++) {
        envelope.transport = i % 2 == 0 ? Transport.TCP : Transport.UDP;
        add(
            "abcd",
            new String(text, 0, 20_000 + random.nextInt(20_000), StandardCharsets.ISO_8859_1));
      }
      end();
      Path file = folder.resolve("d/callid_abcd." + extension);
      byte[] whole = Files.readAllBytes(file);
      assertThat(whole.length).isGreaterThan(FileWindow.MAX_BYTES);
      List<String> before = texts(file);
      Files.write(file, Arrays.copyOf(whole, whole.length - random.nextInt(30_000)));
      start(extension, 0);
      envelope.transport = Transport.UDP;
      add("abcd", "next");
      end();
      List<String> after = texts(file);
      assertThat(after.get(after.size() - 1)).isEqualTo("next");
      assertThat(after.size()).isGreaterThanOrEqualTo(before.size() - 1);
      assertThat(before).startsWith(after.subList(0, after.size() - 1).toArray(String[]::new));
      Files.delete(file);
    }
  }

  /** Messages hold what looks like records, each longer than what follows. */
  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void largeFileStaysWholeWhateverItsMessagesHold(String extension) throws IOException {
    boolean pcapng = extension.equals("pcapng");
    ByteBuffer body = ByteBuffer.allocate(60_000).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 500; at + 64 <= body.capacity(); at += 64) {
      body.putInt(at + (pcapng ? 0 : 8), pcapng ? 6 : 262_144);
      body.putInt(at + (pcapng ? 4 : 12), 1 << 23);
      body.put(at + (pcapng ? 28 : 16), new byte[] {2, 5, 1, 4, 12, 11, 2, 5});
    }
    String text = new String(body.array(), StandardCharsets.ISO_8859_1);
    start(extension, 0);
    for (int i = 0; i < 10; i++) {
      add("abcd", text);
    }
    end();
    start(extension, 0);
    add("abcd", "next");
    end();
    List<String> texts = texts(folder.resolve("d/callid_abcd." + extension));
    assertThat(texts).hasSize(11).endsWith("next");
    assertThat(counted()).containsEntry("repaired_files", 0L).containsEntry("dropped_write", 0L);
  }

  @Test
  void fullDiskLeavesNothingHalfAndIsUsedAgainOnceItHasRoom() throws IOException {
    start();
    add("a", "first of a");
    files.flush(0);
    for (long room = 0; room < 130; room++) {
      disk.room = room;
      add("a", "lost", true, 0);
      add("b", "lost", true, 0);
      files.flush(0);
      disk.room = Long.MAX_VALUE;
      if (room < 62) {
        assertThat(texts(file("a"))).as("room %d", room).containsExactly("first of a");
        assertThat(file("b")).doesNotExist();
      }
      Files.deleteIfExists(file("a"));
      Files.deleteIfExists(file("b"));
      add("a", "first of a");
      files.flush(0);
    }
    assertThat(counters.dropped(DropReason.WRITE_HEADER)).isPositive();
    assertThat(counters.dropped(DropReason.WRITE_MESSAGE)).isPositive();
    add("b", "there is room");
    end();
    assertThat(texts(file("b"))).containsExactly("there is room");
  }

  @Test
  void whatCouldNotBeCutIsTakenOffLater() throws IOException {
    start();
    add("a", "one");
    files.flush(0);
    disk.room = 30;
    disk.truncateFails = true;
    add("a", "lost");
    files.flush(0);
    disk.room = Long.MAX_VALUE;
    disk.truncateFails = false;
    add("a", "two");
    end();
    assertThat(texts(file("a"))).containsExactly("one", "two");
    assertThat(counted()).containsEntry("repaired_files", 1L).containsEntry("err_wr_msg", 1L);
  }

  @Test
  void fileThatWasTakenAwayIsMadeAnew() throws IOException {
    start();
    add("a", "one");
    files.flush(0);
    Files.move(file("a"), folder.resolve("rotated"));
    add("a", "two");
    files.flush(0);
    assertThat(texts(folder.resolve("rotated"))).containsExactly("one");
    assertThat(texts(file("a"))).containsExactly("two");
    Files.delete(file("a"));
    Files.delete(folder.resolve("d"));
    add("a", "three");
    end();
    assertThat(texts(file("a"))).containsExactly("three");
    assertThat(counted()).containsEntry("new_files", 3L).containsEntry("new_subdirs", 2L);
  }

  @Test
  void fileThatIsReplacedWhileOpenIsAppendedTo() throws IOException {
    start();
    add("a", "one");
    add("b", "other");
    files.flush(0);
    Files.move(file("b"), file("a"), StandardCopyOption.REPLACE_EXISTING);
    add("a", "two");
    end();
    assertThat(texts(file("a"))).containsExactly("other", "two");
  }

  @Test
  void whatOthersAppendStays() throws IOException {
    start();
    add("a", "one");
    files.flush(0);
    byte[] whole = Files.readAllBytes(file("a"));
    Files.write(file("a"), Arrays.copyOfRange(whole, 24, whole.length), StandardOpenOption.APPEND);
    add("a", "two");
    end();
    assertThat(texts(file("a"))).containsExactly("one", "one", "two");
  }

  @Test
  void badMessageDoesNotBringBackAFileThatWasTakenAway() throws IOException {
    start();
    add("a", "one");
    files.flush(0);
    Files.delete(file("a"));
    add("a", "bad", false, 0);
    end();
    assertThat(file("a")).doesNotExist();
    assertThat(counted()).containsEntry("err_missing_file", 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "link", "pipe"})
  void somethingElseInTheWayCostsOnlyItsOwnCall(String what) throws Exception {
    Files.createDirectory(folder.resolve("d"));
    Path target = Files.createFile(folder.resolve("target"));
    switch (what) {
      case "directory" -> Files.createDirectory(file("a"));
      case "link" -> Files.createSymbolicLink(file("a"), target);
      default -> {
        Process mkfifo = new ProcessBuilder("mkfifo", file("a").toString()).start();
        Assumptions.assumeTrue(mkfifo.waitFor() == 0, "no mkfifo");
      }
    }
    start();
    add("a", "lost");
    add("b", "kept");
    add("a", "lost too");
    end();
    assertThat(counted()).containsEntry("err_new_file", 2L).containsEntry("dropped_write", 2L);
    assertThat(texts(file("b"))).containsExactly("kept");
    assertThat(target).isEmptyFile();
    Files.delete(file("a"));
    start();
    add("a", "now");
    end();
    assertThat(texts(file("a"))).containsExactly("now");
  }

  @Test
  void fileInPlaceOfTheDirectoryIsCountedAndOvercome() throws IOException {
    Files.writeString(folder.resolve("d"), "in the way");
    start();
    add("a", "lost");
    files.flush(0);
    assertThat(counted().get("dropped_write")).isEqualTo(1);
    Files.delete(folder.resolve("d"));
    add("a", "kept");
    end();
    assertThat(texts(file("a"))).containsExactly("kept");
  }

  @Test
  void foreignFilesStayAsTheyAre() throws IOException {
    Files.createDirectory(folder.resolve("d"));
    byte[] raw = new byte[24];
    PcapWriter.putFileHeader(raw, 0, LinkType.RAW, false, 65_536);
    byte[] bigEndian = new byte[24];
    ByteBuffer.wrap(bigEndian).putInt(0, 0xa1b2_c3d4).putInt(20, 1);
    byte[] damaged = new byte[200];
    PcapWriter.putFileHeader(damaged, 0, LinkType.ETHERNET, false, 65_536);
    for (byte[] foreign :
        List.of(
            raw,
            bigEndian,
            damaged,
            "Dear diary, today nothing at all happened".getBytes(StandardCharsets.US_ASCII))) {
      Files.write(file("a"), foreign);
      start();
      add("a", "lost");
      add("b", "kept");
      end();
      assertThat(file("a")).hasBinaryContent(foreign);
      assertThat(counted()).containsEntry("err_foreign_file", 1L).containsEntry("written_msgs", 1L);
    }
  }

  @Test
  void formatsAreNotMixed() throws IOException {
    start();
    add("a", "one");
    end();
    Files.move(file("a"), folder.resolve("d/callid_a.pcapng"));
    start("pcapng", 0);
    add("a", "lost");
    end();
    assertThat(counted()).containsEntry("err_foreign_file", 1L);
  }

  /** And the file begun in microseconds keeps them. */
  @Test
  void nanosecondsAreKeptWhereTheSourceHasThem() throws IOException {
    start();
    add("a", "micros");
    files.flush(0);
    envelope.captureNanos = TIME + 1;
    add("a", "still micros");
    add("b", "nanos");
    end();
    assertThat(times(file("a"))).containsExactly(TIME, TIME);
    assertThat(times(file("b"))).containsExactly(TIME + 1);
    start();
    add("b", "nanos");
    end();
    assertThat(times(file("b"))).containsExactly(TIME + 1, TIME + 1);
  }

  private static List<Long> times(Path file) throws IOException {
    List<Long> times = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(file.toString())) {
      while (reader.next()) {
        times.add(reader.captureNanos());
      }
    }
    return times;
  }

  @Test
  void openFilesThatNobodyWritesToAreClosed() {
    start();
    add("a", "one", true, 0);
    files.tick(1000);
    assertThat(counted()).containsEntry("open_files", 1L);
    files.tick(1000 + Limits.IDLE_MILLIS);
    assertThat(counted()).containsEntry("open_files", 0L);
    add("a", "two", true, 7000);
    end();
  }

  @Test
  void endsOfTwoFamiliesAreCounted() {
    start();
    envelope.destinationHigh = 1;
    add("a", "x");
    end();
    assertThat(counted()).containsEntry("err_bug", 1L);
  }

  @Test
  void whatTheEndHasNoTimeForIsCounted() {
    start();
    for (int i = 0; i < 10; i++) {
      add("call" + i, "x");
    }
    int[] left = {4};
    files.end(0, () -> left[0]-- == 0 || left[0] < 0);
    assertThat(counted())
        .containsEntry("written_msgs", 4L)
        .containsEntry("err_stopped", 6L)
        .containsEntry("crt_alloc_msgs", 0L);
    assertThat(counters.balance().missing()).isZero();
  }

  /** A call that is not remembered costs four: look, make, write, close. */
  @Test
  void messagesOfACallShareItsSystemCalls() {
    limits = new Limits(1000, 1, 1 << 20, 100, 1000);
    start();
    files.flush(0);
    add("first", "makes the directory");
    files.flush(0);
    int before = disk.finds + disk.creates + disk.opens + disk.writes + disk.closes;
    for (int i = 0; i < 50; i++) {
      for (int m = 0; m < 10; m++) {
        add("call" + i, "x");
      }
    }
    files.flush(0);
    int calls = disk.finds + disk.creates + disk.opens + disk.writes + disk.closes - before;
    assertThat(calls).isEqualTo(50 * 4);
    end();
  }

  @Test
  void aFileThatWasClosedMeanwhileIsOpenedWithoutALookAtItsPath() throws IOException {
    limits = new Limits(1000, 1, 1 << 20, 100, 1000);
    start();
    for (String call : List.of("a", "b", "a", "b")) {
      add(call, "x");
      files.flush(0);
    }
    assertThat(disk.finds).as("one for each call when it was new").isEqualTo(2);
    assertThat(disk.opens).isEqualTo(2);
    end();
    assertThat(texts(file("a"))).containsExactly("x", "x");
  }
}
