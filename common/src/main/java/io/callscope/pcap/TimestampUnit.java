package io.callscope.pcap;

/**
 * What the timestamps of a pcapng interface count.
 *
 * @param resolution option {@code if_tsresol}: 10 to the minus n, or with the top bit set 2 to the
 *     minus n seconds
 * @param offsetSeconds option {@code if_tsoffset}, added to each
 */
record TimestampUnit(int resolution, long offsetSeconds) {
  static final TimestampUnit MICROSECONDS = new TimestampUnit(6, 0);

  private static final long NANOS = 1_000_000_000;

  /** Nanoseconds since 1970; 0 if the time cannot be told in 64 bits of them. */
  long nanos(long ticks) {
    int power = resolution & 0x7f;
    long seconds;
    long rest;
    if ((resolution & 0x80) != 0) {
      if (power > 63) {
        return 0;
      }
      seconds = ticks >>> power;
      long fraction = ticks & (1L << power) - 1;
      rest = power == 0 ? 0 : scale(fraction, power);
    } else if (power <= 9) {
      long perSecond = powerOfTen(power);
      seconds = Long.divideUnsigned(ticks, perSecond);
      rest = Long.remainderUnsigned(ticks, perSecond) * powerOfTen(9 - power);
    } else {
      if (power > 27) {
        return 0;
      }
      long nanos = Long.divideUnsigned(ticks, powerOfTen(power - 9));
      seconds = Long.divideUnsigned(nanos, NANOS);
      rest = Long.remainderUnsigned(nanos, NANOS);
    }
    return sum(seconds, rest);
  }

  /** Nanoseconds of a fraction in units of 2 to the minus power seconds, power 1 to 63. */
  private static long scale(long fraction, int power) {
    long high = Math.multiplyHigh(fraction, NANOS);
    long low = fraction * NANOS;
    return (high << (64 - power)) | (low >>> power);
  }

  private long sum(long seconds, long nanos) {
    long limit = Long.MAX_VALUE / NANOS - 1;
    if (seconds < 0 || seconds > limit || offsetSeconds > limit || offsetSeconds < -limit) {
      return 0;
    }
    long total = seconds + offsetSeconds;
    return total < 0 || total > limit ? 0 : total * NANOS + nanos;
  }

  private static long powerOfTen(int power) {
    long result = 1;
    for (int i = 0; i < power; i++) {
      result *= 10;
    }
    return result;
  }
}
