package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.1.1",
        "::1",
        "fd00::1",
        "fe80::1"
      })
  void addressesThatStrangersDoNotReachAreTaken(String address) throws Exception {
    assertThat(OwnAddress.resolve(address, false)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1"})
  void publicOnesNeedLeave(String address) throws Exception {
    assertThatThrownBy(() -> OwnAddress.resolve(address, false))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(address + " is a public address")
        .hasMessageContaining("-cluster_public");
    assertThat(OwnAddress.resolve(address, true)).isNotEmpty();
  }

  @Test
  void itMustBeOneAddressThatThereIs() {
    assertThatThrownBy(() -> OwnAddress.resolve("0.0.0.0", true))
        .hasMessageContaining("is every address");
    assertThatThrownBy(() -> OwnAddress.resolve("no.such.host.invalid", true))
        .hasMessageContaining("no such address");
  }
}
