package io.callscope.web.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
  @ParameterizedTest
  @CsvSource({
    "'[[:digit:]]+', ab1, true",
    "'^[^[:space:]]$', ' ', false",
    "'[]a]', ], true",
    "'[[]', [, true",
    "'[a&&b]', '&', true",
    "'a|b', xbx, true",
    "'\\.', a, false",
    "'[\\]]', ], true",
  })
  void expressionsArePosix(String expression, String text, boolean found) throws Exception {
    assertThat(Regex.compile(expression).find(text, () -> 0, 1)).isEqualTo(found);
    String java = Regex.compile(expression).javaSyntax();
    assertThat(Regex.compile(java).find(text, () -> 0, 1)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "(",
    "'[a'",
    "'a{2,1}'",
    "'*'",
    "'[[:nope:]]'",
    "'[[::]]'",
    "'\\'",
    "'([[:digit:]]*)*'"
  })
  void badExpressionsAreTold(String expression) {
    assertThatThrownBy(() -> Regex.compile(expression)).isInstanceOf(Regex.Unusable.class);
  }

  @Test
  void expressionsAreBoundedInLengthAndTime() throws Exception {
    assertThatThrownBy(() -> Regex.compile("a".repeat(513)))
        .hasMessageContaining("longer than 512");
    Regex costly = Regex.compile("a*b");
    assertThatThrownBy(() -> costly.find("a".repeat(5000), () -> 10, 5))
        .hasMessageContaining("too long");
  }
}
