package io.callscope.sip;

import java.nio.charset.StandardCharsets;

/**
 * A parsed SIP message: a view of its bytes and of its {@link SipIndex} row, immutable, made when
 * needed and dropped at once. Text is made only by {@link #text}; everything else is offsets into
 * {@link #bytes()}.
 */
public final class SipMessage {
  private final byte[] bytes;
  private final int start;
  private final int[] index;
  private final int row;

  /**
   * @param start where the message starts in {@code bytes}
   * @param row where its row starts in {@code index}
   */
  public SipMessage(byte[] bytes, int start, int[] index, int row) {
    this.bytes = bytes;
    this.start = start;
    this.index = index;
    this.row = row;
  }

  /** The array the message is in. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the message starts in {@link #bytes()}. */
  public int start() {
    return start;
  }

  /** Its bytes, headers and the part of the body that is present. */
  public int length() {
    return value(SipIndex.LENGTH);
  }

  /** The array its row is in. */
  int[] index() {
    return index;
  }

  /** Where its row starts. */
  int row() {
    return row;
  }

  /** A plain int of the row. */
  public int value(int slot) {
    return index[row + slot];
  }

  public boolean isReply() {
    return (value(SipIndex.FLAGS) & SipIndex.FLAG_REPLY) != 0;
  }

  public boolean isRequest() {
    return !isReply();
  }

  /** The first line's method of a request, the CSeq method of a reply ({@link SipMethod}). */
  public int method() {
    return value(SipIndex.FLAGS) & SipIndex.METHOD_MASK;
  }

  /** Status code of a reply, 0 for a request. */
  public int status() {
    return value(SipIndex.STATUS);
  }

  /** CSeq number, 0 to 2³²−1. */
  public long cseq() {
    return value(SipIndex.CSEQ) & 0xffff_ffffL;
  }

  public int cseqMethod() {
    return value(SipIndex.CSEQ_METHOD);
  }

  /**
   * How long the message wants to bind or subscribe, in seconds, 0 to 2³²−1: the largest {@code
   * expires} of its Contact values (0 for a value without one), or the Expires header if that is
   * larger; -1 if it has neither.
   */
  public long maxExpires() {
    boolean header = has(SipIndex.FLAG_EXPIRES);
    if (value(SipIndex.CONTACTS) == 0 && !header) {
      return -1;
    }
    long contact = Integer.toUnsignedLong(value(SipIndex.CONTACT_MAX_EXPIRES));
    return header ? Math.max(contact, Integer.toUnsignedLong(value(SipIndex.EXPIRES))) : contact;
  }

  /** All flags of {@code mask} are set. */
  public boolean has(int mask) {
    return (value(SipIndex.FLAGS) & mask) == mask;
  }

  /** Where a span starts in {@link #bytes()}. */
  public int at(int span) {
    return start + index[row + span];
  }

  /** Length of a span, 0 if it is empty or absent. */
  public int length(int span) {
    return index[row + span + 1];
  }

  /**
   * A span as text, bytes that are not UTF-8 as U+FFFD; empty if it is absent. For pages and events
   * only.
   */
  public String text(int span) {
    return new String(bytes, at(span), length(span), StandardCharsets.UTF_8);
  }
}
