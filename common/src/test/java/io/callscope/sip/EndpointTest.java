package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointTest {
  private static final String FIRST_LINE = "INVITE sip:a@b SIP/2.0\r\n";

  static List<String[]> vectors() {
    return Vectors.rows("endpoints.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsFrom(String number, String value, String result, String uri, String tag) {
    check("From:" + value, result, uri, tag, SipIndex.FROM_URI, SipIndex.FROM_TAG);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsTo(String number, String value, String result, String uri, String tag) {
    check("t :" + value, result, uri, tag, SipIndex.TO_URI, SipIndex.TO_TAG);
  }

  private static void check(
      String header, String result, String uri, String tag, int uriSpan, int tagSpan) {
    byte[] bytes = Vectors.bytes(FIRST_LINE + header + "\r\n\r\n");
    Outcome outcome = Outcome.of(bytes, Outcome.Mode.DATAGRAM);
    assertThat(Outcome.notation(outcome.error(), 0, false)).isEqualTo(result);
    assertThat(outcome.text(uriSpan)).isEqualTo(uri);
    assertThat(outcome.text(tagSpan)).isEqualTo(tag);
    Outcome.checkCuts(bytes);
    Outcome.checkSurroundings(bytes);
  }
}
