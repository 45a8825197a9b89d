package io.callscope.testdata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds SIP messages by hand for tests. What tracking needs has defaults. Not for many messages:
 * {@link Corpus} is for these.
 */
public final class SipText {
  private final boolean request;
  private final String method;
  private final int status;
  private String reason;
  private String uri = "sip:bob@example.com";
  private String from = "<sip:alice@example.com>";
  private String fromTag = "";
  private String to = "<sip:bob@example.com>";
  private String toTag = "";
  private String via = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1";
  private String callId = "call@example.com";
  private long cseq = 1;
  private String cseqMethod;
  private final List<String> headers = new ArrayList<>();
  private byte[] body = {};

  private SipText(boolean request, String method, int status, String reason) {
    this.request = request;
    this.method = method;
    this.cseqMethod = method;
    this.status = status;
    this.reason = reason;
  }

  /** A request of any method. */
  public static SipText request(String method) {
    return new SipText(true, method, 0, "");
  }

  /** A reply to a request of this method. */
  public static SipText reply(int status, String method) {
    return new SipText(false, method, status, Reasons.of(status));
  }

  /**
   * A whole request.
   *
   * @param fromTag empty for none, as {@code toTag}
   * @param headers more header lines, without line ends
   */
  public static byte[] request(
      String method, String callId, String fromTag, String toTag, long cseq, String... headers) {
    return request(method).dialog(callId, fromTag, toTag).cseq(cseq).and(headers).bytes();
  }

  /**
   * A whole reply.
   *
   * @param method of the request
   * @param headers more header lines, without line ends
   */
  public static byte[] reply(
      int status,
      String method,
      String callId,
      String fromTag,
      String toTag,
      long cseq,
      String... headers) {
    return reply(status, method).dialog(callId, fromTag, toTag).cseq(cseq).and(headers).bytes();
  }

  /** Call-ID and tags; an empty tag is left out. */
  public SipText dialog(String callId, String fromTag, String toTag) {
    this.callId = callId;
    this.fromTag = fromTag;
    this.toTag = toTag;
    return this;
  }

  public SipText cseq(long number) {
    this.cseq = number;
    return this;
  }

  /** A method of the CSeq header that is not that of the message. */
  public SipText cseqMethod(String method) {
    this.cseqMethod = method;
    return this;
  }

  /** The request URI. */
  public SipText uri(String uri) {
    this.uri = uri;
    return this;
  }

  /** The From value without its tag. */
  public SipText from(String address) {
    this.from = address;
    return this;
  }

  /** The To value without its tag. */
  public SipText to(String address) {
    this.to = address;
    return this;
  }

  public SipText via(String value) {
    this.via = value;
    return this;
  }

  public SipText reason(String phrase) {
    this.reason = phrase;
    return this;
  }

  /** A header, in place of those of that name that were given before. */
  public SipText header(String name, String value) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    headers.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(start));
    headers.add(name + ": " + value);
    return this;
  }

  /** More header lines, without line ends. */
  public SipText and(String... lines) {
    headers.addAll(List.of(lines));
    return this;
  }

  /** A body; its Content-Length is written in any case. */
  public SipText body(String type, String text) {
    this.body = text.getBytes(StandardCharsets.UTF_8);
    return header("Content-Type", type);
  }

  /** The message. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(512);
    if (request) {
      text.append(method).append(' ').append(uri).append(" SIP/2.0\r\n");
    } else {
      text.append("SIP/2.0 ").append(status).append(' ').append(reason).append("\r\n");
    }
    text.append("Via: ").append(via);
    text.append("\r\nFrom: ").append(from).append(tag(fromTag));
    text.append("\r\nTo: ").append(to).append(tag(toTag));
    text.append("\r\nCall-ID: ").append(callId);
    text.append("\r\nCSeq: ").append(cseq).append(' ').append(cseqMethod).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Bytes(0, head.length + body.length).put(head).put(body).copy();
  }

  private static String tag(String tag) {
    return tag.isEmpty() ? "" : ";tag=" + tag;
  }
}
