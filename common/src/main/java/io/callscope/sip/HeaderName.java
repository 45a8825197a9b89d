package io.callscope.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tells the headers we read by their names (RFC 3261 §7.3.3, §20), long and compact. The first
 * eight numbers are the digits of the signature.
 */
final class HeaderName {
  static final int CALL_ID = 0;
  static final int CONTACT = 1;
  static final int CSEQ = 2;
  static final int FROM = 3;
  static final int MAX_FORWARDS = 4;
  static final int TO = 5;
  static final int VIA = 6;
  static final int USER_AGENT = 7;

  /** The last one that takes part in the signature. */
  static final int LAST_OF_SIGNATURE = USER_AGENT;

  static final int CONTENT_LENGTH = 8;
  static final int EXPIRES = 9;
  static final int P_ASSERTED_IDENTITY = 10;
  static final int SERVER = 11;
  static final int OTHER = 12;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // OR-ing this bit in lowers letters and leaves '-' alone. The only other byte it turns into a '-'
  // is CR, which no name holds.
  private static final int LOWER4 = 0x2020_2020;
  private static final long LOWER8 = 0x2020_2020_2020_2020L;

  private static final int FROM_4 = first4("from");
  private static final int CSEQ_4 = first4("cseq");
  private static final int SERVER_4 = first4("serv");
  private static final int SERVER_LAST_4 = first4("rver");
  private static final int CALL_ID_4 = first4("call");
  private static final int CALL_ID_LAST_4 = first4("l-id");
  private static final int CONTACT_4 = first4("cont");
  private static final int CONTACT_LAST_4 = first4("tact");
  private static final int EXPIRES_4 = first4("expi");
  private static final int EXPIRES_LAST_4 = first4("ires");
  private static final long USER_AGENT_8 = first8("user-age");
  private static final long USER_AGENT_LAST_8 = first8("er-agent");
  private static final long MAX_FORWARDS_8 = first8("max-forw");
  private static final long MAX_FORWARDS_LAST_8 = first8("forwards");
  private static final long CONTENT_LENGTH_8 = first8("content-");
  private static final long CONTENT_LENGTH_LAST_8 = first8("t-length");
  private static final long ASSERTED_8 = first8("p-assert");
  private static final long ASSERTED_MIDDLE_8 = first8("ed-ident");
  private static final long ASSERTED_LAST_8 = first8("identity");

  private HeaderName() {}

  private static int first4(String text) {
    return (int) INTS.get(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  private static long first8(String text) {
    return (long) LONGS.get(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  private static int int4(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) | LOWER4;
  }

  private static long long8(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at) | LOWER8;
  }

  /** The number of a name that holds no CR, {@link #OTHER} if it is none of ours. */
  static int of(byte[] bytes, int from, int length) {
    return switch (length) {
      case 1 -> compact(bytes[from] | 0x20);
      case 2 -> (bytes[from] | 0x20) == 't' && (bytes[from + 1] | 0x20) == 'o' ? TO : OTHER;
      case 3 -> Octets.isWord(bytes, from, 3, "via") ? VIA : OTHER;
      case 4 -> ofFour(int4(bytes, from));
      case 6 ->
          int4(bytes, from) == SERVER_4 && int4(bytes, from + 2) == SERVER_LAST_4 ? SERVER : OTHER;
      case 7 -> ofSeven(int4(bytes, from), int4(bytes, from + 3));
      case 10 ->
          long8(bytes, from) == USER_AGENT_8 && long8(bytes, from + 2) == USER_AGENT_LAST_8
              ? USER_AGENT
              : OTHER;
      case 12 ->
          long8(bytes, from) == MAX_FORWARDS_8 && long8(bytes, from + 4) == MAX_FORWARDS_LAST_8
              ? MAX_FORWARDS
              : OTHER;
      case 14 ->
          long8(bytes, from) == CONTENT_LENGTH_8 && long8(bytes, from + 6) == CONTENT_LENGTH_LAST_8
              ? CONTENT_LENGTH
              : OTHER;
      case 19 ->
          long8(bytes, from) == ASSERTED_8
                  && long8(bytes, from + 8) == ASSERTED_MIDDLE_8
                  && long8(bytes, from + 11) == ASSERTED_LAST_8
              ? P_ASSERTED_IDENTITY
              : OTHER;
      default -> OTHER;
    };
  }

  private static int ofFour(int word) {
    if (word == FROM_4) {
      return FROM;
    }
    return word == CSEQ_4 ? CSEQ : OTHER;
  }

  private static int ofSeven(int first, int last) {
    if (first == CALL_ID_4 && last == CALL_ID_LAST_4) {
      return CALL_ID;
    }
    if (first == CONTACT_4 && last == CONTACT_LAST_4) {
      return CONTACT;
    }
    return first == EXPIRES_4 && last == EXPIRES_LAST_4 ? EXPIRES : OTHER;
  }

  private static int compact(int letter) {
    return switch (letter) {
      case 'f' -> FROM;
      case 't' -> TO;
      case 'i' -> CALL_ID;
      case 'v' -> VIA;
      case 'm' -> CONTACT;
      case 'l' -> CONTENT_LENGTH;
      default -> OTHER;
    };
  }
}
