package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.SipIndex;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordNotesTest {
  private static final byte[] MESSAGE = bytes("BYE sip:x SIP/2.0\r\n\r\n");
  private final SipBatchBuilder builder = new SipBatchBuilder("ipfix");
  private final Envelope envelope = new Envelope();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void note(NoteKind kind, String text) {
    envelope.notes.add(kind, bytes(text), 0, text.length());
  }

  private void add() {
    int[] row = new int[SipIndex.SIZE];
    row[SipIndex.LENGTH] = MESSAGE.length;
    builder.add(RecordKind.MESSAGE, envelope, 0, MESSAGE, 0, MESSAGE.length, row);
    envelope.notes.clear();
    envelope.flags = 0;
  }

  /** A plain record, one with all that can be noted, a probe with a note, an error with a flag. */
  private SipBatch batch() {
    add();
    note(NoteKind.SBC, "sbc01 (192.0.2.5)");
    note(NoteKind.INGRESS_CALL_ID, "in-4711@edge");
    envelope.flags = RecordFlags.TRUNCATED | RecordFlags.SBC_SENT;
    add();
    note(NoteKind.SBC, "sbc02");
    builder.addProbe(envelope);
    envelope.notes.clear();
    envelope.flags = RecordFlags.TRUNCATED;
    int[] row = new int[SipIndex.SIZE];
    row[SipIndex.LENGTH] = 3;
    builder.add(RecordKind.PARSE_ERROR, envelope, 16, bytes("BYE"), 0, 3, row);
    envelope.flags = 0;
    note(NoteKind.SBC, "last");
    add();
    return builder.build(7, false);
  }

  private static void check(SipBatch batch) {
    assertThat(batch.hasNotes(0)).isFalse();
    assertThat(batch.note(0, NoteKind.SBC)).isNull();
    assertThat(batch.note(1, NoteKind.SBC)).asString().isEqualTo("sbc01 (192.0.2.5)");
    assertThat(batch.note(1, NoteKind.INGRESS_CALL_ID)).asString().isEqualTo("in-4711@edge");
    assertThat(batch.has(1, RecordFlags.TRUNCATED)).isTrue();
    assertThat(batch.has(1, RecordFlags.SBC_RECEIVED)).isFalse();
    assertThat(batch.message(1).length()).isEqualTo(MESSAGE.length);
    assertThat(batch.kind(2)).isEqualTo(RecordKind.PROBE);
    assertThat(batch.note(2, NoteKind.SBC)).asString().isEqualTo("sbc02");
    assertThat(batch.note(2, NoteKind.INGRESS_CALL_ID)).isNull();
    assertThat(batch.kind(3)).isEqualTo(RecordKind.PARSE_ERROR);
    assertThat(batch.error(3)).isEqualTo(16);
    assertThat(batch.has(3, RecordFlags.TRUNCATED)).isTrue();
    assertThat(batch.hasNotes(3)).isFalse();
    assertThat(batch.note(4, NoteKind.SBC)).asString().isEqualTo("last");
  }

  @Test
  void notesAndFlagsStandBesideTheMessage() {
    check(batch());
  }

  @Test
  void theyCrossTheWire() {
    SipBatchCodec codec = new SipBatchCodec();
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, batch());
    check(codec.decodeFromWire(0, wire));
  }

  @Test
  void aNoteIsCutWhereItIsTooLong() {
    note(NoteKind.SBC, "x".repeat(5000));
    add();
    assertThat(builder.build(0, false).note(0, NoteKind.SBC)).hasSize(1024);
  }
}
