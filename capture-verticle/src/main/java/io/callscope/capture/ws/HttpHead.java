package io.callscope.capture.ws;

import io.callscope.sip.SipError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Start line and headers of an HTTP/1 message (RFC 9112). There are few of them in a connection, so
 * they may be texts.
 */
final class HttpHead {
  private static final long MAX_LENGTH = 1L << 40;
  private static final int MAX_DIGITS = 12;

  /** A {@link SipError}; after one nothing else is set. */
  int error = SipError.OK;

  /** Empty for a reply. */
  String method = "";

  /** 0 for a request. */
  int status;

  long contentLength = -1;
  boolean chunked;
  private final List<String> upgrade = new ArrayList<>();
  private final List<String> protocols = new ArrayList<>();

  /** Values of Sec-WebSocket-Extensions, in lower case. */
  final List<String> extensions = new ArrayList<>();

  private HttpHead() {}

  boolean isRequest() {
    return status == 0;
  }

  boolean upgrades() {
    return !upgrade.isEmpty();
  }

  boolean upgradesToWebSocket() {
    return upgrade.contains("websocket");
  }

  boolean namesSip() {
    return protocols.contains("sip");
  }

  boolean namesProtocol() {
    return !protocols.isEmpty();
  }

  /** The line is, or may become, the start line of a message. */
  static boolean isStartLine(String line) {
    return line.matches("HTTP/1\\.\\d \\d{3}( .*)?")
        || line.matches("[A-Z]{3,20} [^ ]+ HTTP/1\\.\\d");
  }

  /**
   * @param text the head, with the empty line
   */
  static HttpHead parse(String text) {
    HttpHead head = new HttpHead();
    String[] lines = text.split("\r?\n", -1);
    head.startLine(lines[0]);
    String name = "";
    for (int i = 1; i < lines.length && head.error == SipError.OK; i++) {
      String line = lines[i];
      if (line.isEmpty()) {
        break;
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        head.header(name, line.strip());
        continue;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        head.error = SipError.BAD_CHARACTER;
        break;
      }
      name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      head.header(name, line.substring(colon + 1).strip());
    }
    return head;
  }

  private void startLine(String line) {
    if (!isStartLine(line)) {
      error = SipError.BAD_CHARACTER;
    } else if (line.startsWith("HTTP/")) {
      status = Integer.parseInt(line.substring(9, 12));
      error = status == 0 ? SipError.BAD_CHARACTER : SipError.OK;
    } else {
      method = line.substring(0, line.indexOf(' '));
    }
  }

  private void header(String name, String value) {
    switch (name) {
      case "content-length" -> length(value);
      case "transfer-encoding" -> chunked |= value.toLowerCase(Locale.ROOT).contains("chunked");
      case "upgrade" -> addAll(upgrade, value);
      case "sec-websocket-protocol" -> addAll(protocols, value);
      case "sec-websocket-extensions" -> addAll(extensions, value);
      default -> {}
    }
  }

  private static void addAll(List<String> list, String value) {
    for (String each : value.split(",", -1)) {
      if (!each.isBlank()) {
        list.add(each.strip().toLowerCase(Locale.ROOT));
      }
    }
  }

  private void length(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      error = SipError.BAD_CHARACTER;
    } else if (value.length() > MAX_DIGITS || Long.parseLong(value) > MAX_LENGTH) {
      error = SipError.NUMBER_TOO_BIG;
    } else {
      contentLength = Long.parseLong(value);
    }
  }

  /** The parameters of permessage-deflate where it is named; null where it is not. */
  String deflate() {
    for (String extension : extensions) {
      if (extension.equals("permessage-deflate") || extension.startsWith("permessage-deflate;")) {
        return extension;
      }
    }
    return null;
  }
}
