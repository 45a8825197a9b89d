package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSearchTest {
  private static final String PIECES = "aab.c*+?|()[]^${}2,\\\\dQbé&-x41";
  private static final String LETTERS = "aaabbc.2-é\ud83d\ude00d4 \\x";

  private static boolean test(TextFilter filter, byte[] text) {
    byte[] around = new byte[text.length + 4];
    System.arraycopy(text, 0, around, 2, text.length);
    return new TextSearch(filter).test(around, 2, 2 + text.length);
  }

  private static String any(Random random, String from, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most + 1);
    for (int i = 0; i < length; i++) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  @Test
  void findsExpressionsWhereJavaFindsThem() {
    Random random = new Random(7);
    int expressions = 0;
    int found = 0;
    while (expressions < 20_000) {
      String expression = any(random, PIECES, 9);
      Pattern pattern;
      try {
        pattern = Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        continue;
      }
      if (EmptyWays.areSeveral(expression)) {
        continue;
      }
      expressions++;
      TextFilter filter = TextFilter.matching(expression);
      for (int i = 0; i < 20; i++) {
        byte[] text = any(random, LETTERS, 12).getBytes(StandardCharsets.UTF_8);
        boolean expected = pattern.matcher(new String(text, StandardCharsets.UTF_8)).find();
        found += expected ? 1 : 0;
        assertThat(test(filter, text))
            .as("%s in %s", expression, new String(text, StandardCharsets.UTF_8))
            .isEqualTo(expected);
      }
    }
    assertThat(found).isBetween(20_000, 380_000);
  }

  @Test
  void findsPartsWhereTheyAreInTheText() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      String part = any(random, "ab\ufffdé", 3);
      byte[] text = new byte[random.nextInt(8)];
      for (int at = 0; at < text.length; at++) {
        text[at] = (byte) "ab\u00c3\u00a9".charAt(random.nextInt(4));
      }
      boolean expected = new String(text, StandardCharsets.UTF_8).contains(part);
      assertThat(test(TextFilter.containing(part, false), text)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "abc; abc",
        "^abc$; abc",
        "7f3a.*0077[0-9]; 7f3a 0077",
        "ab+c; ab",
        "abc*; ab",
        "abc?d; ab",
        "abc{0,2}de; ab de",
        "a\\.b\\d\\x; ''",
        "a\\.b\\d; a.b",
        "(abc)+de; de",
        "(a(b|c)[)])?long; long",
        "[abc]xy; xy",
        "ab|cd; ''",
        "(?i)abc; ''",
        "\\Qab\\E; ''",
        "\\x41bc; ''",
        "(?:ab)cdef; ''",
        "[]a]bc; ''",
      })
  void knowsWhatLettersAreNeeded(String expression, String needed) {
    assertThat(String.join(" ", RequiredLetters.of(expression))).isEqualTo(needed);
  }

  @ParameterizedTest
  @CsvSource({
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "éaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void givesUpWhereAnExpressionWouldSearchForEver(String text) {
    TextSearch search = new TextSearch(TextFilter.matching("(a.*){12}[!]"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> search.test(bytes, 0, bytes.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long");
    assertThat(search.test("a".repeat(12).concat("!").getBytes(StandardCharsets.UTF_8), 0, 13))
        .as("the next text")
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"a, x", "é, x"})
  void givesUpWhereAnExpressionNeedsTooMuchStack(String first, String last) {
    TextFilter filter = TextFilter.matching("^(a|é)*x");
    String text = first.repeat(60_000);
    TextSearch search = new TextSearch(filter);
    byte[] bytes = (text + "x").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> search.test(bytes, 0, bytes.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stack");
    assertThatThrownBy(() -> filter.test(text + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stack");
    assertThat(test(filter, (first + last).getBytes(StandardCharsets.UTF_8)))
        .as("the next text")
        .isTrue();
  }
}
