package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampUnitTest {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000_000 - 1);

  @Test
  void agreesWithExactArithmeticForAnyResolution() {
    SplittableRandom random = new SplittableRandom(20_231_114);
    for (int i = 0; i < 200_000; i++) {
      int resolution = random.nextInt(256);
      long ticks = random.nextLong() >>> random.nextInt(64);
      long offset = random.nextBoolean() ? 0 : random.nextLong() >> random.nextInt(64);
      assertThat(new TimestampUnit(resolution, offset).nanos(ticks))
          .as(
              "resolution %d, ticks %s, offset %d",
              resolution, Long.toUnsignedString(ticks), offset)
          .isEqualTo(exact(resolution, ticks, offset));
    }
  }

  private static long exact(int resolution, long ticks, long offset) {
    int power = resolution & 0x7f;
    boolean binary = resolution > 127;
    if (binary ? power > 63 : power > 27) {
      return 0;
    }
    BigInteger perSecond = binary ? BigInteger.ONE.shiftLeft(power) : BigInteger.TEN.pow(power);
    BigInteger nanos =
        new BigInteger(Long.toUnsignedString(ticks)).multiply(NANOS).divide(perSecond);
    BigInteger seconds = nanos.divide(NANOS);
    BigInteger shifted = seconds.add(BigInteger.valueOf(offset));
    boolean told =
        seconds.compareTo(LIMIT) <= 0
            && BigInteger.valueOf(offset).abs().compareTo(LIMIT) <= 0
            && shifted.signum() >= 0
            && shifted.compareTo(LIMIT) <= 0;
    return told ? shifted.multiply(NANOS).add(nanos.mod(NANOS)).longValueExact() : 0;
  }
}
