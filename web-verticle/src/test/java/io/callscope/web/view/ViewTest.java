package io.callscope.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
  @Test
  void noValueCanBreakALine() {
    assertThat(Shown.quoted("a\"b\\\r\n\t\u0000\u202e\ud800é"))
        .isEqualTo("\"a\\\"b\\\\\\r\\n\\t\\x00\\u202e\\ud800é\"");
    assertThat(Shown.plain("x\u2028y\u0085")).isEqualTo("x\\u2028y\\u0085");
    assertThat(Shown.brief("é".repeat(201))).endsWith("… (201 characters)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1500, 1.5us",
    "250000000, 250ms",
    "1500000000, 1.5s",
    "60000000000, 1m0s",
    "3605000000000, 1h0m5s",
    "-2000000000, -2s",
  })
  void durationsHaveAllUnitsBelowTheLargest(long nanos, String text) {
    assertThat(Times.duration(nanos)).isEqualTo(text);
  }

  @Test
  void timesAreReadLenientlyAndShownInUtc() {
    assertThat(Times.moment(1_700_000_000_123_456_789L)).isEqualTo("2023-11-14 22:13:20.123");
    assertThat(Times.moment(0)).isEqualTo("-");
    assertThat(Times.read("nonsense")).isZero();
    assertThat(Times.between(0, 5)).isEqualTo("-");
  }

  @Test
  void pathsThatClientsWouldChangeAreNotLinked() {
    assertThat(Links.call("..")).isEqualTo("/calls/list?cid=..");
    assertThat(Links.call("list")).isEqualTo("/calls/list?cid=list");
    assertThat(Links.call("a b/c+d")).isEqualTo("/calls/a%20b%2Fc%2Bd");
    assertThat(Links.call("x".repeat(60_000))).isEmpty();
    assertThat(Links.call("a\0b")).as("no request may have a NUL").isEmpty();
    assertThat(PercentCoded.decode("a+b%20%C3%A9")).isEqualTo("a+b é");
    assertThat(PercentCoded.decode("%4")).isNull();
    assertThat(PercentCoded.decode("%41")).isEqualTo("A");
  }
}
