package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scanners that look at eight bytes at a time find what the table finds byte by byte. */
class OctetsTest {
  private static final String TELLING =
      " \t\r\n:;,<>\"\\=!#/09?az\0\u0007\u001f\u007f\u0080\u00a0\u00bc\u00ff";
  private static final int ROUNDS = 20_000;

  private interface Scan {
    int find(byte[] bytes, int at, int end);
  }

  private enum Scanner {
    LWS(Octets::findLws, Octets.LWS),
    NAME_STOP(Octets::findNameStop, Octets.NAME_STOP),
    URI_STOP(Octets::findUriStop, Octets.URI_STOP);

    private final Scan scan;
    private final int mask;

    Scanner(Scan scan, int mask) {
      this.scan = scan;
      this.mask = mask;
    }
  }

  @ParameterizedTest
  @EnumSource(Scanner.class)
  void findsWhatTheTableFinds(Scanner scanner) {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      int rarely = 1 + random.nextInt(40);
      for (int i = 0; i < bytes.length; i++) {
        boolean telling = random.nextInt(rarely) == 0;
        bytes[i] =
            (byte) (telling ? TELLING.charAt(random.nextInt(TELLING.length())) : 'a' + i % 26);
      }
      int end = random.nextInt(bytes.length + 1);
      int at = random.nextInt(end + 1);
      assertThat(scanner.scan.find(bytes, at, end))
          .as("%s from %d to %d", new String(bytes, StandardCharsets.ISO_8859_1), at, end)
          .isEqualTo(Octets.find(bytes, at, end, scanner.mask));
    }
  }
}
