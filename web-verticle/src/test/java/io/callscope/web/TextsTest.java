package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pure parts: escaping, negotiation, expressions, times, rates, health, templates. */
class TextsTest {
  @Test
  void noValueCanBreakALine() {
    assertThat(Shown.quoted("a\"b\\\r\n\t\u0000\u202e\ud800é"))
        .isEqualTo("\"a\\\"b\\\\\\r\\n\\t\\x00\\u202e\\ud800é\"");
    assertThat(Shown.plain("x\u2028y\u0085")).isEqualTo("x\\u2028y\\u0085");
    assertThat(Shown.brief("é".repeat(201))).endsWith("… (201 characters)");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "null, TEXT",
        "*/*, TEXT",
        "text/plain, TEXT",
        "'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', HTML",
        "application/json, JSON",
        "'application/json, text/plain, */*', JSON",
        "'text/html;q=0.5, application/json;q=0.9', JSON",
        "'text/html;q=x, text/plain;q=0.1', TEXT",
        "'text/html;q=0', TEXT",
        "image/png, TEXT",
      },
      nullValues = "null")
  void theFormFollowsTheAcceptHeader(String accept, Form form) {
    assertThat(Form.accepted(accept)).isEqualTo(form);
  }

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
  @CsvSource({"(", "'[a'", "'a{2,1}'", "'*'", "'[[:nope:]]'", "'[[::]]'", "'\\'"})
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
  void ratesNeedTheirWholeWindow() {
    RateWindow rates = new RateWindow();
    for (int second = 0; second <= 9; second++) {
      rates.sample(second * 1_000_000_000L, second * 5L);
      assertThat(rates.perSecond(0, 10)).isEmpty();
    }
    rates.sample(10_000_000_000L, 50);
    assertThat(rates.perSecond(0, 10)).isEqualTo(OptionalDouble.of(5));
    rates.sample(11_000_000_000L, 3);
    assertThat(rates.perSecond(0, 10)).isEmpty();
  }

  @Test
  void instancesOfAServiceAddUp() {
    JsonObject one = FakeServices.captureCounters(1);
    JsonObject two = FakeServices.captureCounters(2).put("instance", "capture.1");
    assertThat(CounterTables.of(List.of(one, two)).value("pcap.eth0.drop")).isEqualTo(3);
  }

  @Test
  void tracesAreTakenApart() {
    assertThat(MessageTrace.steps("...[3]>INVITE{2}<100"))
        .extracting(MessageTrace.Step::what)
        .containsExactly("3 older messages", "INVITE", "100");
    assertThat(MessageTrace.steps("\u0000garbage{{{<")).isEmpty();
    assertThat(MessageTrace.states("...[2]->init->established"))
        .containsExactly("...[2]", "init", "established");
  }

  @Test
  void pathsThatClientsWouldChangeAreNotLinked() {
    assertThat(JsonCall.href("..")).isEqualTo("/calls/list?cid=..");
    assertThat(JsonCall.href("list")).isEqualTo("/calls/list?cid=list");
    assertThat(JsonCall.href("a b/c+d")).isEqualTo("/calls/a%20b%2Fc%2Bd");
    assertThat(JsonCall.href("x".repeat(60_000))).isEmpty();
    assertThat(PercentCoded.decode("a+b%20%C3%A9")).isEqualTo("a+b é");
    assertThat(PercentCoded.decode("%4")).isNull();
    assertThat(PercentCoded.decode("%41")).isEqualTo("A");
  }

  @Test
  void allTemplatesCompileAndEscapeEveryValue() throws IOException {
    assertThat(new Templates()).isNotNull();
    List<String> names = new ArrayList<>(Templates.NAMES);
    names.add("layout");
    for (String name : names) {
      try (InputStream in = Templates.class.getResourceAsStream("web/" + name + ".hbs")) {
        String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(template).as(name).doesNotContain("{{{", "{{&", "<script", "style=\"", "://");
      }
    }
  }
}
