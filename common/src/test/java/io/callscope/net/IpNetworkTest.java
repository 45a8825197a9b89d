package io.callscope.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.77/24, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0:1::/64, 2001:db8:0:1:ffff::, true",
    "2001:db8:0:1::/65, 2001:db8:0:1:8000::, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "2001:db8::1/127, 2001:db8::2, false",
  })
  void holdsTheAddressesOfItsPrefix(String network, String address, boolean expected) {
    byte[] bytes = IpAddress.parse(address);
    assertThat(IpNetwork.parse(network).contains(IpAddress.high(bytes), IpAddress.low(bytes)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77/24, 192.0.2.0/24",
    "192.0.2.77, 192.0.2.77/32",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:DB8::1/32, 2001:db8::/32",
    "2001:db8:0:1:8000::1/65, 2001:db8:0:1:8000::/65",
    "::/0, ::/0"
  })
  void isWrittenWithItsFirstAddress(String network, String text) {
    assertThat(IpNetwork.parse(network).text()).isEqualTo(text);
    assertThat(IpNetwork.parse(text)).isEqualTo(IpNetwork.parse(network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1.2.3", "1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/-1", "a.example/8"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> IpNetwork.parse(text));
  }
}
