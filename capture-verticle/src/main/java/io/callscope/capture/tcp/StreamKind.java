package io.callscope.capture.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells what a stream is that is not SIP. */
final class StreamKind {
  /** Whether the bytes so far are of a kind. */
  enum Kind {
    YES,
    NO,
    /** More bytes will tell. */
    OPEN
  }

  private static final List<String> HTTP_METHODS =
      List.of("GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "PATCH ", "OPTIONS ", "CONNECT ");

  private static final byte[] UPGRADE = "upgrade: websocket".getBytes(StandardCharsets.US_ASCII);
  private static final int TLS_FIRST_TYPE = 20;
  private static final int TLS_LAST_TYPE = 23;
  private static final int TLS_MAJOR = 3;
  private static final int TLS_LAST_MINOR = 4;
  private static final String HTTP_VERSION = "HTTP/1.";

  /** Longest line that is searched for a version. */
  private static final int MAX_LINE = 1024;

  private StreamKind() {}

  /** Whether a TLS record starts here (RFC 8446 §5.1). */
  static Kind tls(byte[] bytes, int from, int end) {
    int type = bytes[from];
    if (type < TLS_FIRST_TYPE || type > TLS_LAST_TYPE) {
      return Kind.NO;
    }
    boolean major = from + 1 >= end || bytes[from + 1] == TLS_MAJOR;
    boolean minor = from + 2 >= end || (bytes[from + 2] >= 0 && bytes[from + 2] <= TLS_LAST_MINOR);
    if (!major || !minor) {
      return Kind.NO;
    }
    return from + 2 < end ? Kind.YES : Kind.OPEN;
  }

  /** What the first bytes of a stream tell: a reply, or a request by its method and version. */
  static Kind http(byte[] bytes, int from, int end) {
    Kind reply = begins(bytes, from, end, HTTP_VERSION);
    if (reply != Kind.NO) {
      return reply;
    }
    for (String method : HTTP_METHODS) {
      Kind request = begins(bytes, from, end, method);
      if (request == Kind.OPEN) {
        return Kind.OPEN;
      }
      if (request == Kind.YES) {
        return requestLine(bytes, from, end);
      }
    }
    return Kind.NO;
  }

  /** Of what {@link #http} says is HTTP: it comes from the server. */
  static boolean isHttpReply(byte[] bytes, int from, int end) {
    return begins(bytes, from, end, HTTP_VERSION) == Kind.YES;
  }

  private static Kind begins(byte[] bytes, int from, int end, String with) {
    int there = Math.min(with.length(), end - from);
    for (int i = 0; i < there; i++) {
      if (bytes[from + i] != with.charAt(i)) {
        return Kind.NO;
      }
    }
    return there < with.length() ? Kind.OPEN : Kind.YES;
  }

  private static Kind requestLine(byte[] bytes, int from, int end) {
    if (isHttp(bytes, from, end)) {
      return Kind.YES;
    }
    for (int i = from; i < Math.min(end, from + MAX_LINE); i++) {
      if (bytes[i] == '\n') {
        return Kind.NO;
      }
    }
    return end - from < MAX_LINE ? Kind.OPEN : Kind.NO;
  }

  /** A request for a WebSocket, as far as its header is there (RFC 6455 §4.1). */
  static boolean isUpgrade(byte[] bytes, int from, int end) {
    for (int at = from; at <= end - UPGRADE.length; at++) {
      int same = 0;
      while (same < UPGRADE.length && lower(bytes[at + same]) == UPGRADE[same]) {
        same++;
      }
      if (same == UPGRADE.length) {
        return true;
      }
    }
    return false;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
  }

  /** The first line has a version of HTTP. */
  static boolean isHttp(byte[] bytes, int from, int end) {
    int limit = Math.min(end, from + MAX_LINE) - HTTP_VERSION.length();
    for (int i = from; i <= limit && bytes[i] != '\n'; i++) {
      if (isVersion(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVersion(byte[] bytes, int at) {
    for (int i = 0; i < HTTP_VERSION.length(); i++) {
      if (bytes[at + i] != HTTP_VERSION.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
