package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "+0, 0s",
    "0s, 0s",
    "1.5h, 1h30m0s",
    "1h0m0s, 1h0m0s",
    "250ms, 250ms",
    "2m30s, 2m30s",
    "90s, 1m30s",
    "10s, 10s",
    "1500ms, 1.5s",
    "61.25s, 1m1.25s",
    ".5s, 500ms",
    "1.s, 1s",
    "1us, 1µs",
    "1µs, 1µs",
    "1μs, 1µs",
    "1500ns, 1.5µs",
    "999ns, 999ns",
    "0.3ns, 0s",
    "-1h, -1h0m0s",
    "-250ms, -250ms",
    "1s1s, 2s",
    "2562047h47m16.854775807s, 2562047h47m16.854775807s",
    "-9223372036854775808ns, -2562047h47m16.854775808s"
  })
  void readsAndPrintsAsGoDoes(String text, String printed) throws Exception {
    assertThat(DurationText.print(DurationText.parse(text))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "-",
        "+",
        "s",
        ".s",
        "1.2.3s",
        "1 s",
        " 1s",
        "1s ",
        "1x",
        "1d",
        "1S",
        "0x1s",
        "--1s",
        "1s5",
        "1,5s",
        "1e3s",
        "2562047h47m16.854775808s",
        "9223372036854775808ns",
        "99999999999999999999h"
      })
  void refusesWhatIsNoDurationOrTooLong(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageStartingWith("must be a duration");
  }

  @Test
  void whatItPrintsItReadsAgain() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));
      String text = DurationText.print(duration);
      assertThat(DurationText.parse(text)).as(text).isEqualTo(duration);
    }
  }
}
