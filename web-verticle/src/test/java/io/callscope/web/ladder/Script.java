package io.callscope.web.ladder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of a made-up call, one line each. */
final class Script {
  static final long T0 = 1_700_000_000_000_000_000L;
  static final LadderMessage.End ALICE = new LadderMessage.End("192.0.2.1", 5060);
  static final LadderMessage.End PROXY = new LadderMessage.End("192.0.2.2", 5060);
  static final LadderMessage.End BOB = new LadderMessage.End("2001:db8::3", 5080);
  static final String SDP =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 1 IN IP4 10.0.0.1",
          "s=-",
          "c=IN IP4 10.0.0.1",
          "t=0 0",
          "m=audio 4000 RTP/AVP 8 96 101",
          "a=rtpmap:96 opus/48000/2",
          "a=rtpmap:101 telephone-event/8000",
          "");

  private final List<LadderMessage> messages = new ArrayList<>();
  private String callId = "a@x";
  private String fromTag = "f";
  private String toTag = "";
  private String branch = "z9hG4bK1";

  Script callId(String newCallId) {
    callId = newCallId;
    return this;
  }

  Script toTag(String newTag) {
    toTag = newTag;
    return this;
  }

  Script fromTag(String newTag) {
    fromTag = newTag;
    return this;
  }

  Script branch(String newBranch) {
    branch = newBranch;
    return this;
  }

  /** Adds a message; a start line without version is a request's method. */
  Script add(long millis, LadderMessage.End from, LadderMessage.End to, String start, String cseq) {
    return add(millis, from, to, start, cseq, "");
  }

  Script add(
      long millis,
      LadderMessage.End from,
      LadderMessage.End to,
      String start,
      String cseq,
      String body) {
    boolean reply = Character.isDigit(start.charAt(0));
    String text =
        (reply ? "SIP/2.0 " + start : start + " sip:bob@example.com SIP/2.0")
            + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
            + branch
            + "\r\nFrom: <sip:alice@example.com>;tag="
            + fromTag
            + "\r\nTo: <sip:bob@example.com>"
            + (toTag.isEmpty() ? "" : ";tag=" + toTag)
            + "\r\nCall-ID: "
            + callId
            + "\r\nCSeq: "
            + cseq
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return raw(millis, from, to, text);
  }

  Script raw(long millis, LadderMessage.End from, LadderMessage.End to, String text) {
    messages.add(
        new LadderMessage(
            T0 + millis * 1_000_000, "udp", from, to, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  List<LadderMessage> messages() {
    return messages;
  }

  Ladder draw() {
    return Ladder.of(messages, false);
  }
}
