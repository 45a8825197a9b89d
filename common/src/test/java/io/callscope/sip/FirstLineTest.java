package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstLineTest {
  private static final String REST = "X: y\r\n\r\n";

  static List<String[]> vectors() {
    return Vectors.rows("first-lines.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsTheVectors(
      String number,
      String line,
      String result,
      String method,
      String methodText,
      String uri,
      String status,
      String reason) {
    if (!result.equals("OK")) {
      assertThat(Outcome.streamed(line, 0, true)).isEqualTo(result);
      Outcome.checkCuts(Vectors.bytes(line));
      return;
    }
    Outcome outcome = Outcome.of(line + REST);
    assertThat(outcome.error()).isZero();
    assertThat(outcome.message().method()).isEqualTo(Integer.parseInt(method));
    assertThat(outcome.text(SipIndex.METHOD_TEXT)).isEqualTo(methodText);
    assertThat(outcome.text(SipIndex.REQUEST_URI)).isEqualTo(uri);
    assertThat(outcome.message().status()).isEqualTo(Integer.parseInt(status));
    assertThat(outcome.message().isReply()).isEqualTo(!status.equals("0"));
    assertThat(outcome.text(SipIndex.REASON)).isEqualTo(reason);
    Outcome.checkCuts(Vectors.bytes(line + REST));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void judgesNothingBeforeFourteenBytes(String number, String line) {
    String start = line.substring(0, Math.min(13, line.length()));

    assertThat(Outcome.streamed(start, 0, true)).isEqualTo("MORE");
    assertThat(Outcome.of(start).error()).isEqualTo(SipError.TRUNCATED);
    assertThat(Outcome.of(start).errorOffset()).isEqualTo(start.length());
  }

  @Test
  void emptyReasonHasItsOffset() {
    assertThat(Outcome.of("SIP/2.0 200 \r\n" + REST).row()[SipIndex.REASON]).isEqualTo(12);
  }
}
