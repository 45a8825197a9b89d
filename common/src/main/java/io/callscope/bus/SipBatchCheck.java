package io.callscope.bus;

import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;

/**
 * Whether what came over the wire is a batch: its receivers trust the offsets in it. One pass over
 * its rows; a batch that is refused makes no more work than one that is read.
 */
final class SipBatchCheck {
  private static final int KINDS = RecordKind.values().length;
  private static final int TRANSPORTS = Transport.values().length;

  private SipBatchCheck() {}

  /**
   * @param used how many bytes came for it
   */
  static boolean isGood(SipBatch batch, int used) {
    int[] ints = batch.ints();
    for (int record = 0; record < batch.size(); record++) {
      if (!isGood(ints, record * SipBatch.INTS, used)) {
        return false;
      }
      if (batch.hasNotes(record)
          && !RecordNotes.isGood(batch.bytes(), batch.notesAt(record), used)) {
        return false;
      }
    }
    return batch.usedBytes() == used;
  }

  /**
   * Negative numbers give bits of sign, and so does what is subtracted beyond the bytes. Each is
   * looked at before something is subtracted from it, since that may give a positive one again.
   */
  private static boolean isGood(int[] ints, int at, int used) {
    int start = ints[at + 2];
    int room = used - start;
    int row = at + SipBatch.ROW;
    int length = ints[row + SipIndex.LENGTH];
    int body = ints[row + SipIndex.BODY];
    int behind = ints[at + 3] & 0xffff;
    int bad = start | start - (ints[at + 3] >>> 16) | room | length | room - length;
    bad |= room - length - behind | body | room - body;
    for (int span = SipIndex.METHOD_TEXT; span <= SipIndex.VIA; span += 2) {
      int from = ints[row + span];
      int size = ints[row + span + 1];
      bad |= from | size | room - from | room - from - size;
    }
    return bad >= 0 && (ints[at] & 0xff) < KINDS && (ints[at] >>> 8 & 0xff) < TRANSPORTS;
  }
}
