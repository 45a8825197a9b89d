package io.callscope.web.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line ends found out and put right; messages taken apart. */
class InjectFormatTest {
  private static byte[] bytes(String text) {
    return text.replace("<CR>", "\r")
        .replace("<LF>", "\n")
        .replace("<TAB>", "\t")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace("\r", "<CR>")
        .replace("\n", "<LF>")
        .replace("\t", "<TAB>");
  }

  @ParameterizedTest
  @CsvSource({
    "\\r\\n, 5, ESCAPED",
    ".<CR><LF>, 5, NGREPCRLF",
    "<CR><LF>, 5, CRLF",
    ".<LF>, 6, NGREPLF",
    ".<CR>, 5, NGREPCR",
    "<LF>, 5, LF",
    "\\n, 9, ESCAPED_LF",
    "<LF>, 4, ",
    "<CR>, 9, ",
  })
  void theMostFrequentLineEndTells(String end, int count, InjectFormat format) {
    assertThat(InjectFormat.detect(bytes(("x" + end).repeat(count)))).isEqualTo(format);
  }

  @Test
  void moreOfALaterRuleWinOverFewerOfAnEarlierOne() {
    byte[] text = bytes("a\\r\\n".repeat(6) + "b<LF>".repeat(8));
    assertThat(InjectFormat.detect(text)).isEqualTo(InjectFormat.LF);
  }

  @ParameterizedTest
  @CsvSource({
    "CRLF, a<CR><LF>b<LF>, a<CR><LF>b<LF>",
    "LF, a<LF>b<CR><LF>, a<CR><LF>b<CR><LF>",
    "NGREPLF, a.<LF>b<LF>c.<LF>.<LF>, a<CR><LF>bc<CR><LF><CR><LF>",
    "NGREPCRLF, a.b.<CR><LF>c<CR><LF>d, a.b<CR><LF>cd",
    "NGREPCR, a.<CR>b, a<CR><LF>b",
    "ESCAPED, 'a\\r\\n\\x41\\t\\\\\\\"\\q<LF>b\\', 'a<CR><LF>A<TAB>\\\"qb\\'",
    "ESCAPED, \\xzz\\x4, xzzx4",
    "ESCAPED_LF, a\\nb, a<CR><LF>b",
  })
  void lineEndsArePutRight(InjectFormat format, String text, String converted) {
    assertThat(shown(format.convert(bytes(text)))).isEqualTo(converted);
  }

  @Test
  void formatsAreNamedWhateverTheirCase() {
    assertThat(InjectFormat.named("NgrepLF")).isEqualTo(InjectFormat.NGREPLF);
    assertThat(InjectFormat.named("escaped_lf")).isNull();
    assertThat(InjectFormat.named("")).isNull();
  }

  private static List<String> split(String text) {
    return MessageSplitter.split(bytes(text)).stream().map(InjectFormatTest::shown).toList();
  }

  private static String crlf(String text) {
    return text.replace("|", "<CR><LF>");
  }

  @Test
  void aLostEmptyLineIsGivenBack() {
    assertThat(split(crlf("||INVITE sip:x SIP/2.0|A: 1")))
        .containsExactly(crlf("INVITE sip:x SIP/2.0|A: 1||"));
    assertThat(split(crlf("INVITE sip:x SIP/2.0|A: 1|")))
        .containsExactly(crlf("INVITE sip:x SIP/2.0|A: 1||"));
    assertThat(split("")).isEmpty();
  }

  @Test
  void messagesAreTakenApartAtTheirStartLines() {
    String first = crlf("INVITE sip:x SIP/2.0|A: 1||");
    String second = crlf("SIP/2.0 200 OK|B: 2||body|");
    assertThat(split(first + second + "<CR><LF>" + first))
        .containsExactly(first, second + "<CR><LF>", first);
  }

  @Test
  void aStartLineInABodyOfKnownLengthIsNoMessage() {
    String notify = crlf("NOTIFY sip:x SIP/2.0|l: 26||SIP/2.0 200 OK|A: 1||xx");
    String next = crlf("SIP/2.0 200 OK|B: 2||");
    assertThat(split(notify + next)).containsExactly(notify, next);
  }

  @Test
  void aLengthThatLiesIsNotFollowed() {
    String first = crlf("INVITE sip:x SIP/2.0|Content-Length: 9999||");
    String second = crlf("BYE sip:x SIP/2.0|Content-Length: 3||");
    assertThat(split(first + second)).containsExactly(first, second);
  }
}
