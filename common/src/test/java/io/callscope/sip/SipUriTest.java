package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SipUriTest {
  private static final int[] PARTS = {
    SipUri.USER,
    SipUri.PASSWORD,
    SipUri.HOST,
    SipUri.PORT,
    SipUri.PARAMS,
    SipUri.HEADERS,
    SipUri.SHORT
  };

  static List<String[]> uris() {
    return Vectors.rows("uris.txt");
  }

  static List<String[]> pairs() {
    return Vectors.rows("uri-pairs.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("uris")
  void takesTheVectorsApart(
      String number,
      String text,
      String error,
      String user,
      String password,
      String host,
      String portText,
      String port,
      String params,
      String headers,
      String shortForm) {
    byte[] bytes = Vectors.bytes("@:" + text + "@:");
    SipUri uri = new SipUri();
    assertThat(uri.parse(bytes, 2, text.length())).isEqualTo(Integer.parseInt(error));
    assertThat(uri.text(SipUri.WHOLE)).isEqualTo(text);
    if (error.equals("0")) {
      assertThat(Arrays.stream(PARTS).mapToObj(uri::text))
          .containsExactly(user, password, host, portText, params, headers, shortForm);
      assertThat(uri.port()).isEqualTo(Integer.parseInt(port));
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("pairs")
  void comparesTheVectors(
      String number, String a, String b, String shortSame, String butPort, String full) {
    check(a, b, shortSame.equals("y"), butPort.equals("y"), full.equals("y"));
    check(b, a, shortSame.equals("y"), butPort.equals("y"), full.equals("y"));
  }

  private static void check(String a, String b, boolean shortSame, boolean butPort, boolean full) {
    SipUri first = parsed(a);
    SipUri second = parsed(b);
    assertThat(UriCompare.sameShort(first, second)).isEqualTo(shortSame);
    assertThat(UriCompare.sameShortButPort(first, second)).isEqualTo(butPort);
    assertThat(new UriCompare().sameFull(first, second)).isEqualTo(full);
  }

  private static SipUri parsed(String text) {
    SipUri uri = new SipUri();
    assertThat(uri.parse(Vectors.bytes(text), 0, text.length())).isZero();
    return uri;
  }

  @Test
  void tooManyElementsAreNotCompared() {
    String hundred = "sip:a@b" + ";x".repeat(100);

    check(hundred, hundred, true, true, true);
    check(hundred + ";x", hundred + ";x", true, true, false);
  }
}
