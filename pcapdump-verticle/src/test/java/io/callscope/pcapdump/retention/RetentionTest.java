package io.callscope.pcapdump.retention;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callscope.counters.CounterTable;
import io.callscope.pcap.CallFileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RetentionTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final CallFileNames NAMES = new CallFileNames("callid_", "", "pcap", 36);

  @TempDir Path top;

  private final SweepCounters counters = new SweepCounters();
  private final AtomicLong clock = new AtomicLong(-5);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Retention.class.getPackageName());
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    lines.start();
    logger.addAppender(lines);
    folder = Files.createDirectory(top.resolve("calls"));
  }

  @AfterEach
  void hush() {
    logger.detachAppender(lines);
  }

  private Path file(String name, int bytes, long ageMillis) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - ageMillis));
    return file;
  }

  private long sweep(long maxBytes, long maxAgeMillis) {
    return new Retention(folder, NAMES, maxBytes, maxAgeMillis, counters, clock::get)
        .sweep(NOW, () -> false);
  }

  private long counted(String counter) {
    CounterTable table = new CounterTable();
    table.add(counters.group());
    return table.value("pcap_dump.sweep." + counter);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void oldestFilesGoUntilTheOthersFit() throws IOException {
    for (int i = 0; i < 20; i++) {
      file((i % 3) + "/callid_" + (char) ('a' + i) + ".pcap", 100, i * 1000L);
    }
    assertThat(sweep(1000, 0)).isLessThanOrEqualTo(1000);
    assertThat(left()).hasSize(9);
    assertThat(left()).allMatch(name -> name.charAt("0/callid_".length()) <= 'i');
    assertThat(counted("removed_size")).isEqualTo(11);
    assertThat(counted("removed_bytes")).isEqualTo(1100);
    assertThat(counted("files")).isEqualTo(9);
    assertThat(counted("bytes")).isEqualTo(900);
  }

  @Test
  void filesThatFitStay() throws IOException {
    file("callid_a.pcap", 100, 1000);
    assertThat(sweep(100, 0)).isEqualTo(100);
    assertThat(left()).hasSize(1);
  }

  @Test
  void filesOfTooGreatAnAgeGo() throws IOException {
    file("callid_old.pcap", 10, 60_001);
    file("0/callid_old.pcap", 10, 90_000);
    file("callid_new.pcap", 10, 60_000);
    sweep(0, 60_000);
    assertThat(left()).containsExactly("callid_new.pcap");
    assertThat(counted("removed_age")).isEqualTo(2);
  }

  @Test
  void otherFilesAreNoneOfItsBusiness() throws IOException {
    file("notes.txt", 100, 1 << 20);
    file("callid_a.pcapng", 100, 1 << 20);
    file("callid_.pcap", 100, 1 << 20);
    file("deep/er/callid_a.pcap", 100, 1 << 20);
    file("Reports/callid_a.pcap", 100, 1 << 20);
    Path outside = Files.createDirectory(top.resolve("others")).resolve("callid_a.pcap");
    Files.write(outside, new byte[100]);
    Files.setLastModifiedTime(outside, FileTime.fromMillis(0));
    Files.createSymbolicLink(folder.resolve("callid_link.pcap"), outside);
    Files.createSymbolicLink(folder.resolve("0"), outside.getParent());
    sweep(1, 1);
    assertThat(left()).hasSize(6);
    assertThat(outside).exists();
    assertThat(counted("removed_age")).isZero();
  }

  @Test
  void missingDirectoryIsEmpty() {
    var retention = new Retention(folder.resolve("none"), NAMES, 1, 1, counters, clock::get);
    assertThat(retention.sweep(NOW, () -> false)).isZero();
    assertThat(counted("failures")).isZero();
  }

  /** The second one too, long after the first; and one that lasts, again and again. */
  @Test
  void everyOutageIsToldOf() throws IOException {
    Path inTheWay = top.resolve("loop");
    Files.createSymbolicLink(inTheWay, inTheWay);
    Path unreachable = inTheWay.resolve("calls");
    var retention = new Retention(unreachable, NAMES, 0, 1, counters, clock::get);
    for (int sweep = 0; sweep < 100; sweep++) {
      retention.sweep(NOW, () -> false);
      clock.addAndGet(1000);
    }
    assertThat(told()).hasSize(1);
    assertThat(told().get(0)).startsWith("old files cannot be looked for: ");
    Files.delete(inTheWay);
    retention.sweep(NOW, () -> false);
    clock.addAndGet(24 * 3_600_000);
    Files.createSymbolicLink(inTheWay, inTheWay);
    for (int sweep = 0; sweep < 100; sweep++) {
      retention.sweep(NOW, () -> false);
      clock.addAndGet(SweepFailures.PERIOD_MILLIS / 50);
    }
    assertThat(told()).hasSize(3);
    assertThat(told().get(1)).contains(" 99 more times").contains("Too many levels");
    assertThat(told().get(2)).contains(" 49 more times");
    assertThat(counted("failures")).isEqualTo(200);
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void sweepCanBeStopped() throws IOException {
    for (int i = 0; i < 10; i++) {
      file("callid_" + i + ".pcap", 100, 1 << 20);
    }
    int[] left = {3};
    new Retention(folder, NAMES, 0, 1, counters, clock::get)
        .sweep(NOW, () -> left[0]-- == 0 || left[0] < 0);
    assertThat(left()).hasSize(7);
  }

  @Test
  void histogramIsBoundedAndNearlyRight() {
    AgeHistogram ages = new AgeHistogram();
    Random random = new Random(1);
    long span = 400L * 24 * 3600 * 1000;
    for (int i = 0; i < 200_000; i++) {
      ages.add(NOW - (long) (random.nextDouble() * span), 10);
    }
    assertThat(ages.total()).isEqualTo(2_000_000);
    double share = (NOW - ages.cutoffMillis(500_000)) / (double) span;
    assertThat(share).isBetween(0.74, 0.76);
    assertThat(ages.cutoffMillis(0)).isLessThan(NOW - span);
    assertThat(ages.cutoffMillis(2_000_000)).isGreaterThanOrEqualTo(NOW);
  }

  @Test
  void sweepsComeWhenTheyAreNeeded() {
    SweepSchedule none = new SweepSchedule(0, 0);
    assertThat(none.isDue(1_000_000, 1 << 30)).isFalse();

    SweepSchedule size = new SweepSchedule(1000, 0);
    assertThat(size.isDue(0, 0)).as("the first").isTrue();
    size.swept(0, 10, 0, 900);
    assertThat(size.isDue(10_000, 100)).isFalse();
    assertThat(size.isDue(10_000, 101)).as("may be too large").isTrue();
    size.swept(10_000, 5000, 101, 900);
    assertThat(size.isDue(29_999, 500)).as("rests after a long one").isFalse();
    assertThat(size.isDue(30_000, 500)).isTrue();

    SweepSchedule age = new SweepSchedule(0, 100_000);
    age.swept(0, 10, 0, 0);
    assertThat(age.isDue(9_999, 0)).isFalse();
    assertThat(age.isDue(10_000, 0)).isTrue();
  }
}
