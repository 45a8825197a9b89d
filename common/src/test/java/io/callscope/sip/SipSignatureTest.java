package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SipSignatureTest {
  static List<String[]> callIds() {
    return Vectors.rows("signature-call-ids.txt");
  }

  static List<String[]> tags() {
    return Vectors.rows("signature-tags.txt");
  }

  static List<String[]> vias() {
    return Vectors.rows("signature-vias.txt");
  }

  static List<String[]> messages() {
    return Vectors.rows("signature-messages.txt");
  }

  static String signature(Outcome outcome) {
    assertThat(outcome.error()).isZero();
    SipSignature signature = new SipSignature();
    signature.compute(outcome.message());
    return SipSignature.text(signature.head(), signature.tail());
  }

  static String ofHeaders(String headers) {
    return signature(Outcome.of("INVITE sip:a@b SIP/2.0\r\n" + headers + "\r\n"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("messages")
  void signsTheWorkedExamples(String number, String message, String signature) {
    assertThat(signature(Outcome.of(message))).isEqualTo(signature);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("callIds")
  void describesCallIds(String number, String callId, String part) {
    assertThat(ofHeaders("Call-ID: " + callId + "\r\n")).isEqualTo("20I" + part + "F0000V0000");
  }

  @Test
  void noCallIdGivesNoFlags() {
    assertThat(ofHeaders("CSeq: 1 INVITE\r\n")).isEqualTo("22I000000F0000V0000");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("tags")
  void describesFromTags(String number, String tag, String flags) {
    assertThat(ofHeaders("f: <sip:a@b>;tag=" + tag + "\r\n"))
        .isEqualTo("2bI000000F" + flags + "V0000");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vias")
  void describesBranches(String number, String via, String flags) {
    assertThat(ofHeaders("Via: " + via + "\r\n")).isEqualTo("26I000000F0000V" + flags);
  }

  @ParameterizedTest
  @CsvSource({
    "SIP/2.0 200 OK, Via: SIP/2.0/UDP h",
    "INVITE sip:a@b SIP/2.0, Subject: x",
    "OPTIONS sip:a@b SIP/2.0, Contact: <sip:a@b>",
  })
  void thereIsNoneWithoutHeadersOfInterestOrForReplies(String firstLine, String header) {
    assertThat(signature(Outcome.of(firstLine + "\r\n" + header + "\r\n\r\n"))).isEmpty();
  }

  @Test
  void seesOnlyTheFirstHundredHeaders() {
    String rest =
        "To: <sip:a@b>\r\nCall-ID: a.b\r\nFrom: <sip:a@b>;tag=a.b\r\nVia: x;branch=a.b\r\n";

    assertThat(ofHeaders("X: y\r\n".repeat(99) + rest)).isEqualTo("25I000000F0000V0000");
    assertThat(ofHeaders("X: y\r\n".repeat(100) + rest)).isEmpty();
    assertThat(ofHeaders("X: y\r\n".repeat(96) + rest)).isEqualTo("25036I001001F0010V0010");
  }

  @Test
  void holdsAllEightDigitsAndTheLargestMethod() {
    String headers =
        "v: x\r\nf: a\r\nt: a\r\ni: ab\r\nm: a\r\nCSeq: 1 A\r\nUser-Agent: a\r\nMax-Forwards: 1\r\n";

    assertThat(ofHeaders(headers + headers)).isEqualTo("2ebd89274I000001F0000V0000");
    assertThat(signature(Outcome.of("FROBX sip:a@b SIP/2.0\r\n" + headers + "\r\n")))
        .isEqualTo("febd8274I000001F0000V0000");
  }
}
