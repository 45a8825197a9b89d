package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderLineTest {
  private static final String FIRST_LINE = "INVITE sip:a@b SIP/2.0\r\n";

  static List<String[]> vectors() {
    return Vectors.rows("header-lines.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsTheVectors(String number, String lines, String result, String field, String value) {
    if (!result.equals("OK")) {
      boolean withOffset = result.contains("@");
      assertThat(Outcome.streamed(FIRST_LINE + lines, FIRST_LINE.length(), withOffset))
          .isEqualTo(result);
      Outcome.checkCuts(Vectors.bytes(FIRST_LINE + lines));
      return;
    }
    byte[] bytes = Vectors.bytes(FIRST_LINE + lines + "\r\n");
    Outcome outcome = Outcome.of(bytes, Outcome.Mode.DATAGRAM);
    assertThat(outcome.error()).isZero();
    assertThat(field(outcome, field, lines)).isEqualTo(value);
    Outcome.checkCuts(bytes);
    Outcome.checkSurroundings(bytes);
  }

  private static String field(Outcome outcome, String field, String lines) {
    int[] row = outcome.row();
    return switch (field) {
      case "" -> "";
      case "TEXT" ->
          // The same rule holds for the values that are kept.
          Outcome.of(FIRST_LINE + lines.replace("Foo", "Server") + "\r\n").text(SipIndex.SERVER);
      case "CALL_ID" -> outcome.text(SipIndex.CALL_ID);
      case "SERVER" -> outcome.text(SipIndex.SERVER);
      case "USER_AGENT" -> outcome.text(SipIndex.USER_AGENT);
      case "VIA" -> outcome.text(SipIndex.VIA);
      case "CONTACT_URI" -> outcome.text(SipIndex.CONTACT_URI);
      case "CONTENT_LENGTH" -> String.valueOf(row[SipIndex.CONTENT_LENGTH]);
      case "EXPIRES" -> {
        assertThat(outcome.message().has(SipIndex.FLAG_EXPIRES)).isTrue();
        yield Integer.toUnsignedString(row[SipIndex.EXPIRES]);
      }
      case "CSEQ" ->
          outcome.message().cseq()
              + " "
              + outcome.text(SipIndex.CSEQ_METHOD_TEXT)
              + " "
              + outcome.message().cseqMethod();
      case "PAI" ->
          row[SipIndex.PAIS]
              + " "
              + outcome.text(SipIndex.PAI1_URI)
              + " "
              + outcome.text(SipIndex.PAI2_URI);
      default -> throw new IllegalArgumentException(field);
    };
  }
}
