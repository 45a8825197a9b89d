package io.callscope.tracker.call;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.sip.SipUri;
import io.callscope.sip.UriCompare;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A key says of two URIs what their comparison part by part says. */
class UriKeyTest {
  private static final String[][] PARTS = {
    {"sip:", "SIP:", "sips:", "tel:"},
    {"", "a@", "A@", "a:b@", "a:B@", "a%61@", "ab@"},
    {"b", "B.example", "b.example", "192.0.2.1", "[2001:db8::1]", "[2001:DB8::1]"},
    {"", ":5060", ":5061", ":05060", ":1"},
    {"", ";transport=tcp", ";lr", "?x=y"}
  };

  private final Random random = new Random(8);
  private final SipUri first = new SipUri();
  private final SipUri second = new SipUri();
  private final UriKey firstKey = new UriKey();
  private final UriKey secondKey = new UriKey();

  private byte[] uri() {
    StringBuilder uri = new StringBuilder();
    for (String[] choices : PARTS) {
      uri.append(choices[random.nextInt(choices.length)]);
    }
    return uri.toString().getBytes(US_ASCII);
  }

  @Test
  void keysAreEqualWhereTheShortComparisonSaysSo() {
    int equal = 0;
    int equalButPort = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] a = uri();
      byte[] b = uri();
      boolean good =
          first.parse(a, 0, a.length) == SipUri.OK && second.parse(b, 0, b.length) == SipUri.OK;
      boolean read = firstKey.read(a, 0, a.length) && secondKey.read(b, 0, b.length);
      assertThat(read).isEqualTo(good);
      if (good) {
        String pair = new String(a, US_ASCII) + " " + new String(b, US_ASCII);
        boolean same = UriCompare.sameShort(first, second);
        boolean butPort = UriCompare.sameShortButPort(first, second);
        assertThat(keysAreEqual(false)).as(pair).isEqualTo(same);
        assertThat(keysAreEqual(true)).as(pair).isEqualTo(butPort);
        if (butPort) {
          assertThat(firstKey.hashWithoutPort()).isEqualTo(secondKey.hashWithoutPort());
        }
        equal += same ? 1 : 0;
        equalButPort += butPort ? 1 : 0;
      }
    }
    assertThat(equal).isGreaterThan(100);
    assertThat(equalButPort).isGreaterThan(2 * equal);
  }

  private boolean keysAreEqual(boolean ignorePort) {
    return firstKey.equals(secondKey.bytes(), 0, secondKey.length(), ignorePort);
  }
}
