package io.callscope.bench;

/** The messages of two calls and a registration, about 700 bytes each, an INVITE 1300. */
final class ParserBenchmarkMix {
  static final int MESSAGES = 16;

  private static final String[] FIRST_LINES = {
    "INVITE sip:+14155550123@proxy.example.com;user=phone SIP/2.0",
    "SIP/2.0 100 Trying",
    "SIP/2.0 180 Ringing",
    "SIP/2.0 200 OK",
    "ACK sip:+14155550123@198.51.100.20:5060;transport=udp SIP/2.0",
    "BYE sip:+14155550123@198.51.100.20:5060;transport=udp SIP/2.0",
    "SIP/2.0 200 OK",
    "REGISTER sip:registrar.example.com SIP/2.0",
  };
  private static final String[] METHODS = {
    "INVITE", "INVITE", "INVITE", "INVITE", "ACK", "BYE", "BYE", "REGISTER"
  };

  private static final String SDP =
      """
      v=0\r
      o=sbc 20518 0 IN IP4 203.0.113.1\r
      s=-\r
      c=IN IP4 203.0.113.1\r
      t=0 0\r
      m=audio 54400 RTP/AVP 0 8 18 101\r
      a=rtpmap:0 PCMU/8000\r
      a=rtpmap:8 PCMA/8000\r
      a=rtpmap:18 G729/8000\r
      a=fmtp:18 annexb=no\r
      a=rtpmap:101 telephone-event/8000\r
      a=fmtp:101 0-15\r
      a=ptime:20\r
      a=sendrecv\r
      """;

  private ParserBenchmarkMix() {}

  /** Message number {@code i}; every eight make a call and a registration. */
  static String message(int i) {
    int step = i % FIRST_LINES.length;
    String method = METHODS[step];
    String body = step == 0 ? SDP : "";
    StringBuilder text = new StringBuilder(FIRST_LINES[step]).append("\r\n");
    text.append("Via: SIP/2.0/UDP 198.51.100.10:5060;rport;branch=z9hG4bK-524287-1---8f3c2a1b5e6f")
        .append(1000 + i)
        .append("\r\nVia: SIP/2.0/UDP 203.0.113.77:5062;received=203.0.113.77;branch=z9hG4bKnashds")
        .append(i)
        .append("\r\nMax-Forwards: 69\r\n");
    if (step == 0) {
      text.append("Record-Route: <sip:198.51.100.10;lr;ftag=8f3c2a1b>\r\n");
    }
    text.append("From: \"Alice Example\" <sip:+12125550100@example.com;user=phone>;tag=8f3c2a1b")
        .append(i)
        .append("\r\nTo: <sip:+14155550123@proxy.example.com;user=phone>")
        .append(step == 0 || step == 7 ? "" : ";tag=as58f4201b")
        .append("\r\nCall-ID: f81d4fae-7dec-11d0-a765-00a0c91e6bf6-")
        .append(i)
        .append("@198.51.100.10\r\nCSeq: 314159 ")
        .append(method)
        .append("\r\nContact: <sip:+12125550100@198.51.100.10:5060;transport=udp>")
        .append(step == 7 ? ";expires=3600" : "")
        .append("\r\nUser-Agent: ExamplePhone/7.1.9 (build 20240117)\r\n")
        .append("Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, NOTIFY, UPDATE\r\n")
        .append("Supported: replaces, timer, path\r\n");
    if (step == 0) {
      text.append("P-Asserted-Identity: \"Alice\" <sip:+12125550100@example.com;user=phone>\r\n")
          .append("Session-Expires: 1800;refresher=uac\r\nMin-SE: 90\r\n")
          .append("Content-Type: application/sdp\r\n");
    }
    return text.append("Content-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }
}
