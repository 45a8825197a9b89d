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

  private enum Scanner {
    LWS(Octets.LWS),
    NAME_STOP(Octets.NAME_STOP),
    URI_STOP(Octets.URI_STOP);

    private final int mask;

    Scanner(int mask) {
      this.mask = mask;
    }

    int find(byte[] bytes, int at, int end) {
      return switch (this) {
        case LWS -> Octets.findLws(bytes, at, end);
        case NAME_STOP -> Octets.findNameStop(bytes, at, end);
        case URI_STOP -> Octets.findUriStop(bytes, at, end);
      };
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
      assertThat(scanner.find(bytes, at, end))
          .as("%s from %d to %d", new String(bytes, StandardCharsets.ISO_8859_1), at, end)
          .isEqualTo(Octets.find(bytes, at, end, scanner.mask));
    }
  }
}
