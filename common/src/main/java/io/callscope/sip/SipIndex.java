package io.callscope.sip;

/**
 * Where the parser puts what it found: a row of {@link #SIZE} ints, one row a message, so that a
 * batch of messages is one array and no message is an object. Offsets count from the first byte of
 * the message, so a message can be copied without touching its row.
 *
 * <p>A span is two ints, offset and length; an absent one is offset 0, length 0, and an empty one
 * has its real offset (which is never 0).
 */
public final class SipIndex {
  /**
   * Bits 0–3 the method (first line of a request, CSeq of a reply), then the {@code FLAG_} bits.
   */
  public static final int FLAGS = 0;

  /** Status code of a reply, 0 for a request. */
  public static final int STATUS = 1;

  /** Bytes of the whole message that are present: headers and body. */
  public static final int LENGTH = 2;

  /** Offset of the first body byte. */
  public static final int BODY = 3;

  /** Value of Content-Length, -1 if there is no such header. */
  public static final int CONTENT_LENGTH = 4;

  /** CSeq number, an unsigned 32-bit value. */
  public static final int CSEQ = 5;

  /** Method number of the CSeq header, {@link SipMethod#UNDEF} without one. */
  public static final int CSEQ_METHOD = 6;

  /** Value of the Expires header, unsigned 32 bits, where {@link #FLAG_EXPIRES} is set. */
  public static final int EXPIRES = 7;

  /** Number of Contact values in all Contact headers. */
  public static final int CONTACTS = 8;

  /** Largest {@code expires} of the Contact values, unsigned; 0 for a value without one. */
  public static final int CONTACT_MAX_EXPIRES = 9;

  /**
   * First appearances of the headers that make the signature, 4 bits each, the first in the lowest
   * bits.
   */
  public static final int HEADER_ORDER = 10;

  /** How many digits {@link #HEADER_ORDER} holds, 0–8. */
  public static final int HEADER_ORDER_COUNT = 11;

  /** Number of P-Asserted-Identity values. */
  public static final int PAIS = 12;

  /** First of the spans. */
  public static final int METHOD_TEXT = 13;

  public static final int REQUEST_URI = 15;
  public static final int REASON = 17;
  public static final int CALL_ID = 19;
  public static final int FROM_URI = 21;
  public static final int FROM_TAG = 23;
  public static final int TO_URI = 25;
  public static final int TO_TAG = 27;
  public static final int CSEQ_METHOD_TEXT = 29;

  /** URI of the first Contact value, {@code *} for a star. */
  public static final int CONTACT_URI = 31;

  /** Value of the first Contact header, where {@link ContactReader} starts. */
  public static final int CONTACT_HEADER = 33;

  public static final int PAI1_URI = 35;
  public static final int PAI2_URI = 37;

  /** Value of the first User-Agent header. */
  public static final int USER_AGENT = 39;

  /** Value of the first Server header. */
  public static final int SERVER = 41;

  /** Value of the first Via header. */
  public static final int VIA = 43;

  /** {@link CallIdHash} of the Call-ID, 0 without one. */
  public static final int CALL_ID_HASH = 45;

  /** Ints of a row; batches carry rows, so {@link io.callscope.bus.WireFormat} has a say in it. */
  public static final int SIZE = 46;

  public static final int METHOD_MASK = 0xf;
  public static final int FLAG_REPLY = 0x10;
  public static final int FLAG_EXPIRES = 0x20;

  /** The first Contact value is a star. */
  public static final int FLAG_STAR = 0x40;

  /** Presence of the headers that tracking needs: From, To, Call-ID, CSeq. */
  public static final int FLAG_FROM = 0x100;

  public static final int FLAG_TO = 0x200;
  public static final int FLAG_CALL_ID = 0x400;
  public static final int FLAG_CSEQ = 0x800;

  /** All four of them. */
  public static final int FLAGS_TRACKABLE = FLAG_FROM | FLAG_TO | FLAG_CALL_ID | FLAG_CSEQ;

  private SipIndex() {}
}
