package io.callscope.net;

import java.util.Locale;

/** The transport a SIP message was seen on. The ordinal goes over the bus: append only. */
public enum Transport {
  UDP,
  TCP,
  SCTP,
  TLS,
  DTLS,
  WS,
  WSS;

  private static final Transport[] BY_CODE = values();
  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it stands in events and pages, for example {@code udp}. */
  public String text() {
    return text;
  }

  /** The transport of a code taken from {@link #ordinal()}. */
  public static Transport of(int code) {
    return BY_CODE[code];
  }

  /** The transport of its {@link #text()}. */
  public static Transport named(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
