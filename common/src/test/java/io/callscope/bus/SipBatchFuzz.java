package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.sip.SipParser;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Batches as they come from another process. */
public final class SipBatchFuzz {
  private static final SipBatchCodec CODEC = new SipBatchCodec();
  private static final String MESSAGE =
      """
      OPTIONS sip:x@y SIP/2.0
      Via: SIP/2.0/UDP h;branch=z9hG4bK1
      From: <sip:a@h>;tag=1
      To: <sip:x@y>
      Call-ID: a
      CSeq: 1 OPTIONS
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  private SipBatchFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    SipBatch batch;
    try {
      batch = CODEC.decodeFromWire(0, Buffer.buffer(input));
    } catch (IllegalArgumentException e) {
      return;
    }
    for (int record = 0; record < batch.size(); record++) {
      readAll(batch, record);
    }
    String source = batch.source();
    if (source.indexOf('\ufffd') < 0) { // what is no text comes out as another one
      Buffer again = Buffer.buffer();
      CODEC.encodeToWire(again, batch);
      byte[] expected = Arrays.copyOf(input, again.length());
      int last = 4 + 2 + source.getBytes(StandardCharsets.UTF_8).length + 16;
      expected[last] = (byte) (expected[last] == 0 ? 0 : 1);
      assertThat(again.getBytes()).isEqualTo(expected);
    }
    batch.release();
  }

  private static void readAll(SipBatch batch, int record) {
    SipMessage message = batch.message(record);
    for (int span = SipIndex.METHOD_TEXT; span <= SipIndex.VIA; span += 2) {
      message.text(span);
    }
    for (NoteKind kind : NoteKind.values()) {
      batch.note(record, kind);
    }
    assertThat(batch.kind(record)).isNotNull();
    assertThat(batch.transport(record)).isNotNull();
    assertThat(batch.payloadStart(record)).isNotNegative();
    assertThat(batch.payloadLength(record)).isNotNegative();
    assertThat(batch.payloadStart(record) + batch.payloadLength(record))
        .isLessThanOrEqualTo(batch.bytes().length);
  }

  public static List<byte[]> seeds() {
    SipBatchBuilder builder = new SipBatchBuilder("pcap");
    byte[] nothing = wire(builder.build(5, true));
    Envelope envelope = new Envelope();
    byte[] bytes = ("--" + MESSAGE + "-").getBytes(StandardCharsets.US_ASCII);
    int[] row = new int[SipIndex.SIZE];
    new SipParser().parseDatagram(bytes, 2, bytes.length - 3, row);
    envelope.leading = 2;
    envelope.trailing = 1;
    builder.addWhole(RecordKind.MESSAGE, envelope, 0, bytes, 2, row);
    byte[] one = wire(builder.build(5, false));
    builder.addProbe(envelope);
    envelope.notes.add(NoteKind.SBC, bytes, 0, 5);
    envelope.notes.add(NoteKind.INGRESS_CALL_ID, bytes, 0, 9);
    builder.add(RecordKind.PARSE_ERROR, envelope, 3, bytes, 2, row[SipIndex.LENGTH], row);
    builder.addProbe(envelope);
    return List.of(nothing, one, wire(builder.build(5, false)));
  }

  private static byte[] wire(SipBatch batch) {
    Buffer buffer = Buffer.buffer();
    CODEC.encodeToWire(buffer, batch);
    return buffer.getBytes();
  }
}
