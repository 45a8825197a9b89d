package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final Pattern LONE_LINE_END = Pattern.compile("(?<!\r)\n|\r(?!\n)");
  private static final List<byte[]> MESSAGES = Corpus.messages(1, 20_000);

  @Test
  void givesAsManyMessagesAsWanted() {
    assertThat(MESSAGES).hasSize(20_000);
    assertThat(Corpus.messages(Options.of("--calls", "1", "--mix", "open=1"), 100))
        .hasSizeBetween(5, 20);
    assertThat(Corpus.messages(1, 0)).isEmpty();
  }

  @Test
  void givesTheSameMessagesForTheSameSeed() {
    List<byte[]> again = Corpus.messages(1, 500);
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i)).isEqualTo(MESSAGES.get(i));
    }
    assertThat(Corpus.messages(2, 1).get(0)).isNotEqualTo(MESSAGES.get(0));
  }

  @Test
  void framesEachMessage() {
    for (byte[] bytes : MESSAGES) {
      NaiveSip sip = NaiveSip.of(bytes);
      assertThat(sip.body()).hasSize(Integer.parseInt(sip.header("Content-Length")));
      assertThat(LONE_LINE_END.matcher(sip.text()).find()).as(sip.text()).isFalse();
      assertThat(sip.body().isEmpty()).isEqualTo(sip.header("Content-Type") == null);
    }
  }

  @Test
  void hasTheHeadersThatTrackingNeeds() {
    for (byte[] bytes : MESSAGES) {
      NaiveSip sip = NaiveSip.of(bytes);
      assertThat(sip.startLine()).matches("SIP/2.0 \\d{3} \\D+|[A-Z]+ sip:\\S+ SIP/2.0");
      assertThat(sip.header("From")).matches("\"[A-Za-z ]+\" <sip:\\S+>;tag=\\w+");
      assertThat(sip.header("To")).matches("\"[A-Za-z ]+\" <sip:\\S+>(;tag=\\w+)?");
      assertThat(sip.header("CSeq")).matches("[1-9]\\d* " + sip.method());
      assertThat(sip.header("Via")).contains(";branch=z9hG4bK");
      assertThat(sip.header("To").contains(";tag=")).isEqualTo(needsToTag(sip));
    }
  }

  /** Final and ringing replies, and what is sent inside a dialog (RFC 3261 §8.2.6.2, §12.2). */
  private static boolean needsToTag(NaiveSip sip) {
    boolean inside = sip.startLine().contains(";transport=") || sip.method().equals("ACK");
    return sip.isReply() ? sip.status() != 100 : inside;
  }

  @Test
  void hasTheSizesOfRealTraffic() {
    double mean = MESSAGES.stream().mapToInt(bytes -> bytes.length).average().orElseThrow();
    double invites =
        MESSAGES.stream()
            .filter(bytes -> bytes[0] == 'I')
            .mapToInt(bytes -> bytes.length)
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(650.0, 750.0);
    assertThat(invites).isBetween(1150.0, 1450.0);
  }
}
