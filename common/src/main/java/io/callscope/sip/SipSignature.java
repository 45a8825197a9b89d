package io.callscope.sip;

import java.nio.charset.StandardCharsets;

/**
 * The signature of a request: a short fingerprint by which user-agent implementations are told
 * apart (order and form of headers, make of Call-ID, From tag and branch). Byte for byte the same
 * in all installations, so it never changes. For one thread.
 *
 * <p>A signature is kept as two numbers, {@link #head} and {@link #tail}, and written by {@link
 * #text}:
 *
 * <pre>
 * head   method (4 bits) | count of header digits (4) | header digits (32) | Call-ID flags (16) | length class (8)
 * tail   From tag flags (16) | branch flags (16)
 * </pre>
 */
public final class SipSignature {
  /** Longest text: method, 8 headers, three letters, 14 digits. */
  public static final int MAX_BYTES = 32;

  private static final int HEADERS = 8;
  private static final int AT_START = 1;
  private static final int AT_END = 2;
  private static final int IN_MIDDLE = 4;
  private static final int MAX_LENGTH_CLASS = 255;
  private static final int COOKIE_LENGTH = 7;

  private final TextRule rule = new TextRule();
  private final ParamList params = new ParamList();
  private long head;
  private int tail;

  /** Before {@link #head} and {@link #tail}. A reply has no signature. */
  public void compute(SipMessage message) {
    head = 0;
    tail = 0;
    int digits = 0;
    int count = 0;
    int noted = 0;
    int order = message.value(SipIndex.HEADER_ORDER);
    for (int i = 0; i < message.value(SipIndex.HEADER_ORDER_COUNT); i++) {
      int digit = order >>> (4 * i) & 0xf;
      int name = digit & 7;
      noted |= 1 << name;
      if (name != HeaderName.CONTACT || message.method() == SipMethod.INVITE) {
        digits |= digit << (4 * count);
        count++;
      }
    }
    if (message.isReply() || count == 0) {
      return;
    }
    long callId = has(noted, HeaderName.CALL_ID) ? callId(message) : 0;
    int tag = has(noted, HeaderName.FROM) ? spanFlags(message, SipIndex.FROM_TAG) : 0;
    int branch = has(noted, HeaderName.VIA) ? branch(message) : 0;
    head =
        (long) message.method() << 60 | (long) count << 56 | (digits & 0xffff_ffffL) << 24 | callId;
    tail = tag << 16 | branch;
  }

  /** 0 if there is no signature. */
  public long head() {
    return head;
  }

  public int tail() {
    return tail;
  }

  /** Whether there can be such a signature. */
  public static boolean isSound(long head) {
    return ((head >>> 56) & 0xf) <= HEADERS;
  }

  /** As it stands in events; empty if there is none. */
  public static String text(long head, int tail) {
    byte[] text = new byte[MAX_BYTES];
    return new String(text, 0, write(head, tail, text), StandardCharsets.US_ASCII);
  }

  /**
   * Writes {@link #text}.
   *
   * @param into {@link #MAX_BYTES} or longer
   * @return how many bytes
   */
  public static int write(long head, int tail, byte[] into) {
    if (head == 0) {
      return 0;
    }
    int at = hex(into, 0, head >>> 60, 1);
    int count = (int) (head >>> 56) & 0xf;
    for (int i = 0; i < count; i++) {
      at = hex(into, at, head >>> (24 + 4 * i), 1);
    }
    into[at++] = 'I';
    at = hex(into, at, head, 6);
    into[at++] = 'F';
    at = hex(into, at, tail >>> 16, 4);
    into[at++] = 'V';
    return hex(into, at, tail, 4);
  }

  private static int hex(byte[] into, int from, long value, int digits) {
    int at = from;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      into[at++] = (byte) Character.forDigit((int) (value >>> shift) & 0xf, 16);
    }
    return at;
  }

  private static boolean has(int noted, int name) {
    return (noted & 1 << name) != 0;
  }

  private int spanFlags(SipMessage message, int span) {
    return rule.flags(message.bytes(), message.at(span), message.length(span));
  }

  /** Flags and, in the low 8 bits, length class. */
  private long callId(SipMessage message) {
    byte[] bytes = message.bytes();
    int from = message.at(SipIndex.CALL_ID);
    int length = message.length(SipIndex.CALL_ID);
    long address = IpSearch.findIpv4(bytes, from, length);
    if (address == IpSearch.NONE) {
      address = IpSearch.findIpv6(bytes, from, length);
    }
    int flags = 0;
    int gap = length;
    int gapLength = 0;
    if (address != IpSearch.NONE) {
      gap = IpSearch.offset(address);
      gapLength = IpSearch.length(address);
      flags = gap == 0 ? AT_START : gap + gapLength == length ? AT_END : IN_MIDDLE;
    }
    flags |= rule.flags(bytes, from, length, from + gap, gapLength);
    int lengthClass = (length - gapLength - rule.attached() + 3) / 4;
    return (long) flags << 8 | Math.min(lengthClass, MAX_LENGTH_CLASS);
  }

  private int branch(SipMessage message) {
    byte[] bytes = message.bytes();
    int from = message.at(SipIndex.VIA);
    int end = from + message.length(SipIndex.VIA);
    params.set(bytes, Octets.indexOf(bytes, from, end, ';'), end, ';', '?');
    while (params.next() == ParamList.FOUND) {
      if (params.isNamed("branch")) {
        int value = params.value();
        int length = params.valueLength();
        if (length <= 0 || !params.nextMayStart()) {
          return 0;
        }
        boolean cookie =
            length > COOKIE_LENGTH && Octets.isWord(bytes, value, COOKIE_LENGTH, "z9hg4bk");
        int skip = cookie ? COOKIE_LENGTH : 0;
        return rule.flags(bytes, value + skip, length - skip);
      }
    }
    return 0;
  }
}
