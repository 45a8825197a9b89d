package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartLineTest {
  private static int test(String text) {
    byte[] bytes = Vectors.bytes("..." + text + " SIP/2.0\r\n");
    return StartLine.test(bytes, 3, 3 + text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INVITE sip:a@b SIP/2.0\r\n",
        "x-a.b!%*_+`'~9 tel:+1 sip/2.0\nrest",
        "SIP/2.0 200 OK\r\n",
        "sip/2.0 100 ",
      })
  void knowsAStartLine(String line) {
    assertThat(test(line)).isEqualTo(SipError.OK);
    for (int end = 0; end < line.length(); end++) {
      int result = test(line.substring(0, end));
      assertThat(result).isIn(SipError.MORE_BYTES, SipError.OK);
      boolean decided =
          line.toLowerCase(Locale.ROOT).startsWith("sip/")
              ? end >= 12
              : line.substring(0, end).contains("\n") || line.substring(0, end).contains("\r");
      assertThat(result == SipError.OK).isEqualTo(decided);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " INVITE sip:a@b SIP/2.0\r\n",
        "INVITE  sip:a@b SIP/2.0\r\n",
        "INVITE sip:a@b SIP/2.0 \r\n",
        "INVITE sip:a@b\r\n",
        "INVITE sip:a@b HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\n",
        "SIP/2.0 20",
        "SIP/2.0 2x",
        "SIP/2.0  200 OK",
        "SIP/2.00200 OK",
        "SIP/2.0 2000",
        "Via: SIP/2.0/UDP x",
        "v=0\r\n",
        "a=rtpmap:0 PCMU/8000\r\n",
        "\r\n",
        "\u0001\u0002\u0003",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOP",
      })
  void knowsWhatIsNone(String line) {
    String padded = line.equals("SIP/2.0 20") ? line + " OK" : line;
    assertThat(test(padded)).isEqualTo(SipError.BAD_CHARACTER);
  }

  @Test
  void givesUpOnAnEndlessLine() {
    String endless = "INVITE " + "x".repeat(StartLine.MAX_BYTES);

    assertThat(test(endless)).isEqualTo(SipError.BAD_CHARACTER);
    assertThat(test(endless.substring(0, 4000))).isEqualTo(SipError.MORE_BYTES);
  }

  @Test
  void findsTheNextStartLineHoweverTheStreamIsCut() {
    String lost = "lf of a body\r\nv=0\r\n\r\nInvite me\r\n";
    String text = lost + "\r\nBYE sip:a@b SIP/2.0\r\nVia: x\r\n\r\n";
    byte[] bytes = Vectors.bytes(text);
    int expected = text.indexOf("BYE");
    for (int cut = 0; cut <= bytes.length; cut++) {
      int at = StartLine.next(bytes, 0, cut);
      assertThat(at).isLessThanOrEqualTo(Math.min(cut, expected));
      boolean candidate = at < cut && !Octets.is(bytes[at], Octets.LINE_END);
      if (candidate && StartLine.test(bytes, at, bytes.length) != SipError.OK) {
        at = StartLine.next(bytes, at, bytes.length);
      }
      assertThat(candidate && at == expected ? at : StartLine.next(bytes, at, bytes.length))
          .as("cut %d", cut)
          .isEqualTo(expected);
    }
  }

  @Test
  void skipsLineEndsBeforeAMessage() {
    byte[] bytes = Vectors.bytes("a\r\n\n\rb\r\n");

    assertThat(StartLine.skipLineEnds(bytes, 1, bytes.length)).isEqualTo(5);
    assertThat(StartLine.skipLineEnds(bytes, 6, bytes.length)).isEqualTo(8);
  }
}
