package io.callscope.sip;

/** SIP methods by the numbers that signatures and {@code dbg.last_method} use. */
public final class SipMethod {
  public static final int UNDEF = 0;
  public static final int REGISTER = 1;
  public static final int INVITE = 2;
  public static final int ACK = 3;
  public static final int BYE = 4;
  public static final int PRACK = 5;
  public static final int CANCEL = 6;
  public static final int OPTIONS = 7;
  public static final int SUBSCRIBE = 8;
  public static final int NOTIFY = 9;
  public static final int UPDATE = 10;
  public static final int INFO = 11;
  public static final int REFER = 12;
  public static final int PUBLISH = 13;
  public static final int MESSAGE = 14;

  /** Any method unknown to us; its text is in the message. */
  public static final int OTHER = 15;

  /** One more than the largest number. */
  public static final int COUNT = 16;

  private static final String[] NAMES = {
    "UNDEF",
    "REGISTER",
    "INVITE",
    "ACK",
    "BYE",
    "PRACK",
    "CANCEL",
    "OPTIONS",
    "SUBSCRIBE",
    "NOTIFY",
    "UPDATE",
    "INFO",
    "REFER",
    "PUBLISH",
    "MESSAGE",
    "OTHER"
  };

  private SipMethod() {}

  /** The name of a method number from 0 to 15. */
  public static String name(int method) {
    return NAMES[method];
  }

  /** The number of a method's text, case-sensitive; {@link #OTHER} if it is none of ours. */
  public static int of(byte[] bytes, int from, int length) {
    if (length < 3 || length > 9) {
      return OTHER;
    }
    int method =
        switch (bytes[from]) {
          case 'A' -> ACK;
          case 'B' -> BYE;
          case 'C' -> CANCEL;
          case 'I' -> length == 4 ? INFO : INVITE;
          case 'M' -> MESSAGE;
          case 'N' -> NOTIFY;
          case 'O' -> OPTIONS;
          case 'P' -> length == 5 ? PRACK : PUBLISH;
          case 'R' -> length == 5 ? REFER : REGISTER;
          case 'S' -> SUBSCRIBE;
          case 'U' -> UPDATE;
          default -> OTHER;
        };
    return matches(bytes, from, length, NAMES[method]) ? method : OTHER;
  }

  private static boolean matches(byte[] bytes, int from, int length, String name) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
