package io.callscope.testdata;

import static io.callscope.testdata.Bytes.ascii;

/** Session descriptions (RFC 8866) of audio offers and answers. */
final class Sdp {
  private static final byte[] ORIGIN = ascii("v=0\r\no=- ");
  private static final byte[] VERSION = ascii(" 170000000");
  private static final byte[] IN_IP4 = ascii(" IN IP4 ");
  private static final byte[] IN_IP6 = ascii(" IN IP6 ");
  private static final byte[] CONNECTION = ascii("\r\ns=session\r\nc=IN IP");
  private static final byte[] MEDIA = ascii("\r\nt=0 0\r\nm=audio ");
  private static final byte[] FORMATS =
      ascii(
          """
           RTP/AVP 8 0 9 18 101
          a=rtpmap:8 PCMA/8000
          a=rtpmap:0 PCMU/8000
          a=rtpmap:9 G722/8000
          a=rtpmap:18 G729/8000
          a=fmtp:18 annexb=no
          a=rtpmap:101 telephone-event/8000
          a=fmtp:101 0-15
          a=ptime:20
          a="""
              .replace("\n", "\r\n"));
  private static final byte[] CONTROL = ascii("\r\na=rtcp:");
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] BOTH_WAYS = ascii("sendrecv");
  private static final byte[] SEND = ascii("sendonly");
  private static final byte[] RECEIVE = ascii("recvonly");
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 20_000;

  private Sdp() {}

  /**
   * Writes a description.
   *
   * @param answer of the callee, instead of an offer of the caller
   * @param number of the offer: 0 the first, 1 hold, 2 resume
   */
  static void write(Bytes to, Dialog d, boolean answer, int number) {
    Endpoint end = answer ? d.trunk.server() : d.phone.client();
    long id = Random64.of(d.seed, answer ? 31 : 30);
    int port = port(d, answer);
    to.put(ORIGIN).decimal(id >>> 33).put(VERSION).decimal(number);
    to.put(end.ipv6() ? IN_IP6 : IN_IP4).put(end.host());
    to.put(CONNECTION).put(end.ipv6() ? '6' : '4').put(' ').put(end.host());
    to.put(MEDIA).decimal(port).put(FORMATS);
    to.put(number != 1 ? BOTH_WAYS : answer ? RECEIVE : SEND);
    to.put(CONTROL).decimal(port + 1).put(CRLF);
  }

  /** The RTP port of an end. */
  private static int port(Dialog d, boolean answer) {
    int mixed = (int) (Random64.of(d.seed, answer ? 33 : 32) >>> 33);
    return FIRST_PORT + mixed % PORTS / 2 * 2;
  }
}
