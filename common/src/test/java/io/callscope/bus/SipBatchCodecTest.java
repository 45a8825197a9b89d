package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.SipIndex;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches on their way between two processes, and the memory they are read into. */
class SipBatchCodecTest {
  private final SipBatchCodec codec = new SipBatchCodec();

  private static SipBatch batch(String source, int records, int recordBytes) {
    SipBatchBuilder builder = new SipBatchBuilder(source);
    Envelope envelope = new Envelope();
    byte[] message = new byte[recordBytes];
    int[] row = new int[SipIndex.SIZE];
    for (int record = 0; record < records; record++) {
      Arrays.fill(message, (byte) record);
      Arrays.fill(row, record);
      row[SipIndex.LENGTH] = recordBytes;
      envelope.captureNanos = 1_700_000_000_000_000_000L + record;
      envelope.sourceHigh = record;
      envelope.destinationLow = -record;
      builder.add(RecordKind.MESSAGE, envelope, 0, message, 0, recordBytes, row);
    }
    return builder.build(-7, true);
  }

  /** Over the wire, behind other bytes as the bus has them. */
  private SipBatch sent(SipBatch batch) {
    Buffer wire = Buffer.buffer().appendString("header");
    codec.encodeToWire(wire, batch);
    wire.appendString("behind");
    return codec.decodeFromWire(6, wire);
  }

  private static void assertSame(SipBatch batch, SipBatch expected) {
    assertThat(batch.source()).isEqualTo(expected.source());
    assertThat(batch.sequence()).isEqualTo(expected.sequence());
    assertThat(batch.markNanos()).isEqualTo(expected.markNanos());
    assertThat(batch.isLast()).isEqualTo(expected.isLast());
    assertThat(batch.size()).isEqualTo(expected.size());
    int bytes = expected.usedBytes();
    assertThat(Arrays.copyOf(batch.bytes(), bytes))
        .isEqualTo(Arrays.copyOf(expected.bytes(), bytes));
    int ints = expected.size() * SipBatch.INTS;
    assertThat(Arrays.copyOf(batch.ints(), ints)).isEqualTo(Arrays.copyOf(expected.ints(), ints));
    int longs = expected.size() * SipBatch.LONGS;
    assertThat(Arrays.copyOf(batch.longs(), longs))
        .isEqualTo(Arrays.copyOf(expected.longs(), longs));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 129, SipBatchBuilder.MAX_RECORDS})
  void allOfABatchCrosses(int records) {
    SipBatch batch = batch("pcap:é@edge-1", records, 700);
    assertSame(sent(batch), batch);
  }

  @Test
  void theLargestMessageCrosses() {
    SipBatch batch = batch("x".repeat(300), 2, 65_535);
    assertSame(sent(batch), batch);
  }

  @Test
  void memoryOfABatchThatIsDoneWithIsUsedForTheNext() {
    SipBatch first = sent(batch("a", 200, 700));
    byte[] memory = first.bytes();
    first.release();
    SipBatch small = batch("b", 2, 50);
    SipBatch next = sent(small);
    assertThat(next.bytes()).isSameAs(memory);
    assertSame(next, small);
  }

  @Test
  void memoryOfABatchThatIsStillReadIsLeftAlone() {
    SipBatch first = batch("a", 200, 700);
    SipBatch read = sent(first);
    sent(batch("b", 200, 600));
    assertSame(read, first);
  }

  @Test
  void memoryIsGivenBackOnce() {
    SipBatch first = sent(batch("a", 200, 700));
    first.release();
    first.release();
    SipBatch one = batch("b", 10, 70);
    SipBatch readOne = sent(one);
    sent(batch("c", 10, 80));
    assertSame(readOne, one);
  }

  @Test
  void aBatchInsideAProcessIsNotRead() {
    SipBatch batch = batch("a", 200, 700);
    SipBatch same = codec.transform(batch);
    same.release();
    assertThat(same).isSameAs(batch);
    assertThat(sent(batch("b", 200, 600)).bytes()).isNotSameAs(batch.bytes());
  }

  @Test
  void aMessageSoFarBeforeTheBytesThatItSeemsBehindThemIsRefused() {
    SipBatch batch = batch("a", 3, 90);
    assertThat(SipBatchCheck.isGood(batch, batch.usedBytes())).isTrue();
    batch.ints()[2] = Integer.MIN_VALUE + 1000;
    batch.ints()[3] = 65_535 << 16;
    assertThat(SipBatchCheck.isGood(batch, batch.usedBytes())).isFalse();
  }

  @Test
  void damagedBytesAreRefusedOrGiveABatchThatLiesWithinItself() {
    SplittableRandom random = new SplittableRandom(5);
    Buffer good = Buffer.buffer();
    codec.encodeToWire(good, batch("pcap@edge-1", 3, 90));
    for (int round = 0; round < 20_000; round++) {
      Buffer bad = good.copy();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bad.setByte(random.nextInt(bad.length()), (byte) random.nextInt());
      }
      SipBatch read;
      try {
        read = codec.decodeFromWire(0, bad);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        continue;
      }
      for (int record = 0; record < read.size(); record++) {
        assertThat(read.kind(record)).isNotNull();
        assertThat(read.payloadStart(record)).isNotNegative();
        assertThat(read.payloadStart(record) + read.payloadLength(record))
            .isLessThanOrEqualTo(read.bytes().length);
      }
      read.release();
    }
  }
}
