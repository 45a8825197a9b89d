package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.net.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::/64, 2001:db8::1, true",
    "2001:db8::/65, 2001:db8:0:0:8000::1, false",
    "::1, ::1, true"
  })
  void containsTheAddressesOfItsPrefix(String block, String address, boolean contained)
      throws Exception {
    byte[] bytes = IpAddress.parse(address);
    assertThat(AddressBlock.parse(block).contains(IpAddress.high(bytes), IpAddress.low(bytes)))
        .isEqualTo(contained);
  }
}
