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
}
