package io.callscope.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BatchPool;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMethod;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DumpFeedTest {
  private static final int WORKERS = 4;

  private final FakeSink sink = new FakeSink();
  private final SourceTime time = new SourceTime();
  private final Envelope envelope = new Envelope();
  private final int[] row = new int[SipIndex.SIZE];
  private boolean on = true;
  private DumpFeed dump;
  private SipFeed feed;

  private void start(int queueLength, boolean errors, Overflow overflow) {
    start(queueLength, errors, DumpFeed.patienceNanos(overflow));
  }

  private void start(int queueLength, boolean errors, long patienceNanos) {
    DumpPlan plan = new DumpPlan(WORKERS, queueLength, true, errors);
    dump = new DumpFeed("pcap", plan, () -> on, sink, new BatchPool(), patienceNanos);
    FakeSink trackers = new FakeSink();
    feed =
        new SipFeed(
            "pcap", 2, time, trackers, new BatchPool(), new FeedCounters(), Overflow.WAIT, dump);
  }

  private byte[] message(String callId, int flags) {
    byte[] text = ("\r\n" + callId + "!tail").getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(row, 0);
    row[SipIndex.FLAGS] = flags;
    row[SipIndex.LENGTH] = callId.length() + 1;
    row[SipIndex.CALL_ID] = 0;
    row[SipIndex.CALL_ID + 1] = callId.length();
    row[SipIndex.CALL_ID_HASH] = CallIdHash.of(text, 2, callId.length());
    return text;
  }

  private void send(String callId) throws InterruptedException {
    byte[] text = message(callId, SipIndex.FLAGS_TRACKABLE);
    feed.message(envelope, text, 2, row);
  }

  private void sendBad(String callId) throws InterruptedException {
    byte[] text = message(callId, 0);
    feed.parseError(envelope, 7, text, 2, row);
  }

  private long sent() {
    return sink.sent.stream().mapToLong(s -> s.batch().size()).sum();
  }

  @Test
  void callHasOneWriterAndItsOrder() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    for (int i = 0; i < 2000; i++) {
      row[SipIndex.CSEQ_METHOD] = i % 2 == 0 ? SipMethod.REGISTER : SipMethod.INVITE;
      envelope.captureNanos = i;
      send("call-" + i % 10);
    }
    dump.end(0);
    assertThat(sent()).isEqualTo(2000);
    long[] last = new long[10];
    int[] writer = new int[10];
    Arrays.fill(writer, -1);
    for (FakeSink.Sent sent : sink.sent) {
      SipBatch batch = sent.batch();
      for (int r = 0; r < batch.size(); r++) {
        int call = batch.message(r).bytes()[batch.message(r).start() + 5] - '0';
        assertThat(writer[call]).isIn(-1, sent.partition());
        writer[call] = sent.partition();
        assertThat(batch.captureNanos(r)).isGreaterThanOrEqualTo(last[call]);
        last[call] = batch.captureNanos(r);
      }
    }
    assertThat(dump.counters().balance().missing()).isZero();
  }

  @Test
  void wholeDatagramGoesToTheWriter() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    envelope.leading = 2;
    envelope.trailing = 4;
    send("call-1");
    dump.end(0);
    SipBatch batch = sink.sent.get(0).batch();
    String payload =
        new String(
            batch.message(0).bytes(),
            batch.payloadStart(0),
            batch.payloadLength(0),
            StandardCharsets.US_ASCII);
    assertThat(payload).isEqualTo("\r\ncall-1!tail");
    assertThat(batch.message(0).length()).isEqualTo(7);
    assertThat(batch.payloadStart(0)).isEqualTo(batch.message(0).start() - 2);
  }

  /** The clock of tracking never goes back, the packets of a file may. */
  @Test
  void writerGetsTheTimeThatThePacketHas() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    envelope.captureNanos = 2000;
    envelope.packetNanos = 1000;
    send("call-1");
    envelope.packetNanos = 0;
    send("call-1");
    dump.end(0);
    SipBatch batch = sink.sent.get(0).batch();
    assertThat(batch.captureNanos(0)).isEqualTo(1000);
    assertThat(batch.captureNanos(1)).isEqualTo(2000);
  }

  @Test
  void nothingIsTakenWhileDumpingIsOff() throws InterruptedException {
    start(10_000, true, Overflow.WAIT);
    on = false;
    send("call-1");
    sendBad("call-1");
    dump.end(0);
    assertThat(sink.sent).isEmpty();
    assertThat(dump.counters().balance().in()).isZero();
  }

  @Test
  void errorsGoOnlyWhereTheyAreWantedAndHaveACallId() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    sendBad("call-1");
    feed.message(envelope, message("call-1", SipIndex.FLAG_CALL_ID), 2, row);
    dump.end(0);
    assertThat(sent()).isZero();
    start(10_000, true, Overflow.WAIT);
    sendBad("call-1");
    feed.message(envelope, message("call-1", SipIndex.FLAG_CALL_ID), 2, row);
    sendBad("");
    feed.probe(envelope);
    dump.end(0);
    assertThat(sent()).isEqualTo(2);
    assertThat(sink.sent.get(0).batch().kind(0)).isEqualTo(RecordKind.PARSE_ERROR);
    assertThat(sink.sent.get(0).batch().error(0)).isEqualTo(7);
  }

  @Test
  void shortQueueMakesShortBatches() throws InterruptedException {
    start(3, false, Overflow.WAIT);
    for (int i = 0; i < 30; i++) {
      send("call-1");
    }
    dump.end(0);
    assertThat(sink.sent).allMatch(s -> s.batch().size() <= 3);
    assertThat(sent()).isEqualTo(30);
    assertThat(new DumpPlan(1, 3, true, false).credits()).isEqualTo(1);
    assertThat(new DumpPlan(1, 10_000, true, false).credits()).isEqualTo(39);
  }

  /** Nobody waits, and all are counted. */
  @Test
  void liveSourceDropsWhatFindsTheQueueFull() throws InterruptedException {
    start(1, false, Overflow.DROP);
    sink.credits = 2;
    for (int i = 0; i < 1000; i++) {
      send("call-1");
      feed.tick(i * 100_000_000L);
    }
    sink.credits = 1; // the writer has caught up: the next number is the one it expects
    dump.end(0);
    var balance = dump.counters().balance();
    assertThat(balance.in()).isEqualTo(1000);
    assertThat(sent()).isEqualTo(3).isEqualTo(balance.handled());
    assertThat(balance.dropped()).containsEntry("dropped_queue", 997L);
    assertThat(balance.missing()).isZero();
  }

  @Test
  void fileWaitsForItsWriterUntilItIsStopped() throws InterruptedException {
    start(1, false, Overflow.WAIT);
    sink.credits = 1;
    send("call-1");
    send("call-1");
    assertThatThrownBy(() -> send("call-1")).isInstanceOf(InterruptedException.class);
    feed.end(0);
    var balance = dump.counters().balance();
    assertThat(balance.in()).isEqualTo(3);
    assertThat(balance.handled()).isEqualTo(1);
    assertThat(balance.missing()).isZero();
  }

  @Test
  void uploadWaitsOnceForAWriterThatHangs() throws InterruptedException {
    start(1, false, 1_000_000_000L);
    sink.credits = 1;
    for (int i = 0; i < 100; i++) {
      send("call-1");
    }
    feed.end(Long.MAX_VALUE);
    var balance = dump.counters().balance();
    assertThat(balance.in()).isEqualTo(100);
    assertThat(balance.handled()).isEqualTo(1);
    assertThat(balance.dropped()).containsEntry("dropped_queue", 99L);
    assertThat(balance.missing()).isZero();
    assertThat(dump.counters().group().value(dump.counters().waits)).isEqualTo(1);
  }

  @Test
  void writerThatGoesOnIsWaitedForAgain() throws InterruptedException {
    start(1, false, 1_000_000_000L);
    sink.credits = 0;
    send("call-1");
    send("call-1");
    send("call-1");
    sink.credits = 1;
    send("call-1");
    send("call-1");
    assertThat(sent()).isEqualTo(1);
    assertThat(dump.counters().group().value(dump.counters().waits)).isEqualTo(2);
  }

  @Test
  void whatIsNotFullLeavesAfterAWhile() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    send("call-1");
    feed.tick(49_000_000);
    assertThat(sink.sent).isEmpty();
    feed.tick(50_000_000);
    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void lastBatchSaysSoToThoseThatGotAny() throws InterruptedException {
    start(10_000, false, Overflow.WAIT);
    send("call-1");
    feed.tick(60_000_000);
    dump.end(0);
    dump.end(0);
    assertThat(sink.sent).hasSize(2);
    assertThat(sink.sent.get(1).batch().isLast()).isTrue();
    assertThat(sink.sent.get(1).partition()).isEqualTo(sink.sent.get(0).partition());
  }
}
