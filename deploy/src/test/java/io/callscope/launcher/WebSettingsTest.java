package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "127.1.2.3, false",
    "::1, false",
    "localhost, false",
    "0.0.0.0, true",
    "::, true",
    "192.0.2.1, true",
    "2001:db8::1, true",
    "monitor.example.com, true",
  })
  void pagesAreExposedAnywhereButOnTheLoopback(String address, boolean exposed) {
    assertThat(WebSettings.isExposed(address)).isEqualTo(exposed);
  }
}
