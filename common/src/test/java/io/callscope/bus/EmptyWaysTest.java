package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyWaysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a*b?c{0,3}.*",
        "^sip:.*@example\\.com$",
        "^[0-9]{4}.*[ab]$",
        "([0-9]{1,3}\\.){3}[0-9]{1,3}",
        "(tel:)?(\\+49)*1",
        "(a|b|)c",
        "(^|;)tag=([^;]*)",
        "(?:a|bc)+?d++",
        "(?<n>a)\\k<n>*\\1+",
        "(?i)abc(?s:.+)+",
        "(?=a)(?!b)(?<=c)(?<!d)a",
        "(?>a+)*",
        "[)(|*]*[^\\]a]?[a&&[b)]]",
        "\\(*\\)?\\|*",
        "\\Q(|)*\\Ea",
        "(\\x41\\u00e9\\0101\\x{1F600}\\p{L}\\pL\\cA)*",
        "\\ba\\B",
        "(.)\\1+",
      })
  void whatHasOneWayIsLetThrough(String expression) {
    assertThat(Pattern.compile(expression)).isNotNull();
    assertThat(EmptyWays.areSeveral(expression)).isFalse();
    assertThat(TextFilter.matching(expression)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*",
        "(a*)?",
        "(a?b*){3}",
        "(|)",
        "a*|b*",
        "((|a)|b?)",
        "(?:(?:(?:){999}){999}){99}x",
        "(?=(a*)*)b",
        "(?:{2})?",
        "a{0,3}{0,3}",
        "a*{2}",
        "(\\x41*)*",
        "(\\0101*)*",
        "(\\p{L}*)*",
        "([)]*)*",
        "(\\Qa\\E*)*",
        "(a\\Q\\E*)*",
        "(\\uD83D\\uDE00*)*",
        "(\ud83d\ude00*)*",
        "(\\cA*)*",
        "(a)\\1?",
        "(a)\\1{2}",
        "^*",
        "\\b?",
        "(?=a)*",
        "(?>a*)*",
        "(?<n>a*)*",
        "(?x)a # (",
        "[]a)](|b)",
      })
  void whatMayHaveSeveralIsNot(String expression) {
    assertThat(Pattern.compile(expression)).isNotNull();
    assertThat(EmptyWays.areSeveral(expression)).isTrue();
  }

  /** Each further group doubles the time: with a hundred of them it would never end. */
  @Test
  void aFilterRefusesWhatWouldNeverEndThoughItReadsNoLetter() {
    String expression = "$" + "(a*)*".repeat(100) + "(?=x)";
    assertThatThrownBy(() -> TextFilter.matching(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may match nothing");
  }
}
