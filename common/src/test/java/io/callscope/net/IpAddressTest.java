package io.callscope.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  private static String text(String literal) {
    byte[] bytes = IpAddress.parse(literal);
    return IpAddress.text(IpAddress.high(bytes), IpAddress.low(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.0.2.128, 192.0.2.128",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6::, 1:2:3:4:5:6::",
    "fe80::FFFF, fe80::ffff",
  })
  void writesTheRecommendedText(String literal, String text) {
    assertThat(text(literal)).isEqualTo(text);
  }

  @Test
  void mappedIpv4IsIpv4() {
    assertThat(text("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(IpAddress.isIpv4(0, IpAddress.lowOfIpv4(-1))).isTrue();
    assertThat(IpAddress.isIpv4(1, IpAddress.lowOfIpv4(-1))).isFalse();
    assertThat(IpAddress.isIpv4(0, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "256.1.1.1",
        "1.2.3.4.5",
        "1:2",
        ":::",
        "12345::",
        "x::"
      })
  void knowsWhatIsNoLiteral(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void textParsesBack() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      // Many zero groups, so that all places of "::" occur.
      long high = random.nextLong() & mask(random);
      long low = random.nextLong() & mask(random);
      byte[] bytes = IpAddress.parse(IpAddress.text(high, low));
      assertThat(IpAddress.high(bytes)).isEqualTo(high);
      assertThat(IpAddress.low(bytes)).isEqualTo(low);
    }
  }

  private static long mask(SplittableRandom random) {
    long mask = 0;
    for (int group = 0; group < 4; group++) {
      mask = mask << 16 | (random.nextBoolean() ? 0xffff : 0);
    }
    return mask;
  }
}
