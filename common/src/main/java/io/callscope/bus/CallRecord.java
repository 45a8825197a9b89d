package io.callscope.bus;

import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.util.Arrays;

/**
 * A record that tells something of a call and is no message of it. For its way to the partition of
 * the call it has a row, as a message has.
 *
 * <pre>
 * 0 option (1)   1 Call-ID   then what it tells
 * </pre>
 *
 * @param bytes of the record
 * @param row its {@link SipIndex} row: LENGTH, BODY, CALL_ID and CALL_ID_HASH
 */
@SuppressWarnings("ArrayRecordComponent") // a holder, never compared
public record CallRecord(byte[] bytes, int[] row) {
  /** The option of the one {@link RecordKind#QUALITY} record of a report that is published. */
  public static final int PUBLISH = 1;

  private static final int CALL_ID = 1;

  /**
   * @param option of the kind's own use
   * @param callId of the call, 1 to 65,535 bytes
   * @param content what is told of it
   */
  public static CallRecord of(int option, byte[] callId, byte[] content) {
    int body = CALL_ID + callId.length;
    byte[] bytes = new byte[body + content.length];
    bytes[0] = (byte) option;
    System.arraycopy(callId, 0, bytes, CALL_ID, callId.length);
    System.arraycopy(content, 0, bytes, body, content.length);
    int[] row = new int[SipIndex.SIZE];
    row[SipIndex.LENGTH] = bytes.length;
    row[SipIndex.BODY] = body;
    row[SipIndex.CALL_ID] = CALL_ID;
    row[SipIndex.CALL_ID + 1] = callId.length;
    row[SipIndex.CALL_ID_HASH] = CallIdHash.of(callId, 0, callId.length);
    return new CallRecord(bytes, row);
  }

  /** The option of a received record. */
  public static int option(SipMessage record) {
    return record.bytes()[record.start()];
  }

  /** The Call-ID of a received record. */
  public static byte[] callId(SipMessage record) {
    int at = record.at(SipIndex.CALL_ID);
    return Arrays.copyOfRange(record.bytes(), at, at + record.length(SipIndex.CALL_ID));
  }

  /** Where what a received record tells starts in its bytes. */
  public static int contentAt(SipMessage record) {
    return record.at(SipIndex.BODY);
  }

  /** Where it ends. */
  public static int contentEnd(SipMessage record) {
    return record.start() + record.length();
  }
}
