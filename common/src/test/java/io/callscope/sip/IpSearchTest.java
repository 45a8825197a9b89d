package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IpSearchTest {
  static List<String[]> vectors() {
    return Vectors.rows("addresses.txt");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void findsTheVectors(String number, String text, String ipv4, String ipv6) {
    byte[] bytes = Vectors.bytes("1.:" + text + "]1.2.3.4");
    assertThat(notation(IpSearch.findIpv4(bytes, 3, text.length()))).isEqualTo(ipv4);
    assertThat(notation(IpSearch.findIpv6(bytes, 3, text.length()))).isEqualTo(ipv6);
  }

  private static String notation(long result) {
    return result == IpSearch.NONE ? "-" : IpSearch.offset(result) + "+" + IpSearch.length(result);
  }
}
