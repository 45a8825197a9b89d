package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.net.IpAddress;
import io.callscope.net.IpNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a request before a page sees it. */
class RequestChecksTest {
  private static final String BROWSER = "Mozilla/5.0 (X11) Firefox/140";

  @ParameterizedTest(name = "{0} site={1} origin={2} referer={3} agent={4}")
  @CsvSource(
      nullValues = "-",
      value = {
        // Scripts say nothing of a site.
        "GET,-,-,-,-,true",
        "POST,-,-,-,curl/8.0,true",
        // Forms of our pages, over TLS or loopback and over plain HTTP.
        "POST,same-origin,http://noc:8080,-,browser,true",
        "POST,-,http://noc:8080,-,browser,true",
        "POST,-,https://NOC:8080,-,browser,true",
        "GET,same-origin,-,-,browser,true",
        "GET,-,-,http://noc:8080/calls/timeout,browser,true",
        "POST,none,-,-,browser,true",
        // Others.
        "POST,cross-site,-,-,browser,false",
        "POST,same-site,http://noc:9090,-,browser,false",
        "POST,-,http://evil.example,-,browser,false",
        "POST,-,http://noc:9090,-,browser,false",
        "POST,-,null,-,browser,false",
        "POST,-,http://noc:8080.evil.example,-,browser,false",
        "POST,same-origin,http://evil.example,-,browser,false",
        "POST,-,%%%,-,-,false",
        "GET,cross-site,-,-,browser,false",
        "GET,none,-,-,browser,false",
        "GET,-,-,-,browser,false",
        "GET,-,-,http://evil.example/x,browser,false",
        "GET,-,-,http://evil.example/x,-,false",
        "GET,mayhem,-,-,-,false",
      })
  void onlyOurPagesAndScriptsMayAct(
      String method, String site, String origin, String referer, String agent, boolean allowed) {
    String browser = "browser".equals(agent) ? BROWSER : agent;
    RequestOrigin request =
        new RequestOrigin(method.equals("GET"), "noc:8080", site, origin, referer, browser);
    assertThat(request.refusal().isEmpty()).isEqualTo(allowed);
  }

  @Test
  void theUsualPortGoesWithoutSaying() {
    RequestOrigin request = new RequestOrigin(false, "noc:443", null, "https://noc", null, BROWSER);
    assertThat(request.refusal()).isEmpty();
    assertThat(new RequestOrigin(false, null, null, "https://noc", null, BROWSER).refusal())
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "localhost:8080,true",
    "LOCALHOST,true",
    "127.0.0.1:8080,true",
    "192.0.2.7,true",
    "[::1]:8080,true",
    "[2001:db8::1],true",
    "noc.example,true",
    "NOC.example.:80,true",
    "'',true",
    "evil.example,false",
    "noc.example.evil,false",
    "[evil],false",
    "[::1,false",
    "[::1]x,false",
    "localhost:x,false",
    "localhost:80:80,false",
    "a b,false",
    "127.0.0.1.evil.example,false",
  })
  void onlyOurNamesAndAddressesAreGoodHosts(String host, boolean good) {
    assertThat(new HostNames(List.of("Noc.Example")).allows(host)).isEqualTo(good);
  }

  @Test
  void aStarAllowsAnyHost() {
    assertThat(new HostNames(List.of("*")).allows("evil.example")).isTrue();
    assertThat(new HostNames(List.of()).allows(null)).as("a script of old").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/calls/a%2Fb?x=%c3%bc&y=+", "/calls/~a@b;c", "/%7f"})
  void targetsThatMakeSensePass(String target) {
    assertThat(RequestLine.error(target)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "http://x/",
        "/%",
        "/%4",
        "/%4g",
        "/%00",
        "/?a=%00",
        "/a\u0000",
        "/?%zz",
        "/\u007f"
      })
  void targetsThatDoNotAreRefused(String target) {
    assertThat(RequestLine.error(target)).isNotEmpty();
  }

  private static IpNetwork block(String address, int bits) {
    byte[] bytes = IpAddress.parse(address);
    return new IpNetwork(IpAddress.high(bytes), IpAddress.low(bytes), bits);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "192.0.2.9,-,192.0.2.9",
        "192.0.2.9,198.51.100.1,192.0.2.9",
        "10.0.0.1,198.51.100.1,198.51.100.1",
        "10.0.0.1,'1.2.3.4, 198.51.100.1',198.51.100.1",
        "10.0.0.1,'198.51.100.1, 10.0.0.2',198.51.100.1",
        "10.0.0.1,nonsense,10.0.0.1",
        "::ffff:10.0.0.1,198.51.100.1,198.51.100.1",
        "2001:db8:0:0:0:0:0:1%eth0,-,2001:db8::1",
        "-,-,?",
      })
  void whomAProxyNamesIsTheClientWhereTheProxyIsOurs(String peer, String forwarded, String client) {
    ClientAddress addresses = new ClientAddress(List.of(block("10.0.0.0", 104)));
    assertThat(addresses.of(peer, forwarded)).isEqualTo(client);
  }

  @Test
  void anIpv6HostIsItsWholeSubnet() {
    assertThat(ClientAddress.group("2001:db8::1")).isEqualTo(ClientAddress.group("2001:db8::2:1"));
    assertThat(ClientAddress.group("2001:db8:0:1::1"))
        .isNotEqualTo(ClientAddress.group("2001:db8::1"));
    assertThat(ClientAddress.group("192.0.2.1")).isNotEqualTo(ClientAddress.group("192.0.2.2"));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,true", "::1,true", "::ffff:127.9.9.9,true", "128.0.0.1,false", "?,false"})
  void loopbackIsThisMachine(String address, boolean loopback) {
    assertThat(ClientAddress.isLoopback(address)).isEqualTo(loopback);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/calls/list?n=1,/calls/list?n=1",
        "-,/",
        "//evil.example,/",
        "https://evil.example,/",
        "/\\evil.example,/",
        "javascript:alert(1),/",
      })
  void aLogInLeadsToAPathOfOurs(String wanted, String next) {
    assertThat(LoginPages.next(wanted)).isEqualTo(next);
    assertThat(LoginPages.next("/a\r\nSet-Cookie: x")).isEqualTo("/");
  }
}
