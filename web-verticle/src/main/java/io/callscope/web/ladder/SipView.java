package io.callscope.web.ladder;

import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.sip.SipMethod;
import io.callscope.sip.SipParser;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the diagram needs of a message that could be parsed. One thread. */
final class SipView {
  private static final Pattern BRANCH =
      Pattern.compile(";\\s*branch\\s*=\\s*\"?([^\\s;,\"]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern RSEQ =
      Pattern.compile(
          "^RSeq[ \t]*:[ \t]*(\\d{1,10})", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final SipMessage message;
  private final String headers;

  private SipView(SipMessage message) {
    this.message = message;
    headers =
        new String(
            message.bytes(),
            message.start(),
            message.value(SipIndex.BODY),
            StandardCharsets.ISO_8859_1);
  }

  /** The view of a message, or null if it cannot be parsed. */
  static SipView of(SipParser parser, byte[] bytes) {
    int[] row = new int[SipIndex.SIZE];
    return parser.parseDatagram(bytes, 0, bytes.length, row) == SipError.OK
        ? new SipView(new SipMessage(bytes, 0, row, 0))
        : null;
  }

  boolean isReply() {
    return message.isReply();
  }

  int status() {
    return message.status();
  }

  /** Of a request its own, of a reply that of the request it answers. */
  String method() {
    int span = isReply() ? SipIndex.CSEQ_METHOD_TEXT : SipIndex.METHOD_TEXT;
    return message.text(span);
  }

  boolean isInvite() {
    return message.method() == SipMethod.INVITE;
  }

  boolean is(int method) {
    return message.method() == method;
  }

  String reason() {
    return message.text(SipIndex.REASON);
  }

  String callId() {
    return message.text(SipIndex.CALL_ID);
  }

  String fromTag() {
    return message.text(SipIndex.FROM_TAG);
  }

  String toTag() {
    return message.text(SipIndex.TO_TAG);
  }

  long cseq() {
    return message.cseq();
  }

  /** The branch of the topmost Via (RFC 3261 §8.1.1.7), empty without one. */
  String branch() {
    Matcher matcher = BRANCH.matcher(message.text(SipIndex.VIA));
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The number of a reliable provisional reply (RFC 3262 §7.1), empty without one. */
  String rseq() {
    Matcher matcher = RSEQ.matcher(headers);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The body, each byte a character. */
  String body() {
    int at = message.value(SipIndex.BODY);
    return new String(
        message.bytes(), message.start() + at, message.length() - at, StandardCharsets.ISO_8859_1);
  }
}
