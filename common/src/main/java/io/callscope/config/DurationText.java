package io.callscope.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Durations as Go writes them: an optional sign, then one or more number and unit pairs without
 * spaces, for example {@code 1h0m0s}, {@code 1.5h}, {@code -250ms}. Range: what fits into 64 bits
 * of nanoseconds, about 292 years.
 */
public final class DurationText {
  private static final String WANTED =
      "must be a duration such as 1h0m0s, 2m30s or 250ms (units ns, us, ms, s, m, h)";
  private static final long SECOND = 1_000_000_000L;

  private DurationText() {}

  public static Duration parse(String text) throws BadValueException {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("0")) {
      return Duration.ZERO;
    }
    if (unsigned.isEmpty()) {
      throw new BadValueException(WANTED);
    }
    BigInteger nanos = BigInteger.ZERO;
    int at = 0;
    while (at < unsigned.length()) {
      int unitAt = at;
      while (unitAt < unsigned.length() && isNumeral(unsigned.charAt(unitAt))) {
        unitAt++;
      }
      int end = unitAt;
      while (end < unsigned.length() && !isNumeral(unsigned.charAt(end))) {
        end++;
      }
      nanos = nanos.add(part(unsigned.substring(at, unitAt), unsigned.substring(unitAt, end)));
      at = end;
    }
    return Duration.ofNanos(bounded(text.startsWith("-") ? nanos.negate() : nanos));
  }

  private static boolean isNumeral(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static BigInteger part(String number, String unit) throws BadValueException {
    boolean digits = number.chars().anyMatch(c -> c != '.');
    if (!digits || number.indexOf('.') != number.lastIndexOf('.') || number.length() > 100) {
      throw new BadValueException(WANTED);
    }
    return new BigDecimal(number).multiply(BigDecimal.valueOf(nanosOf(unit))).toBigInteger();
  }

  private static long nanosOf(String unit) throws BadValueException {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3600 * SECOND;
      default -> throw new BadValueException(WANTED);
    };
  }

  private static long bounded(BigInteger nanos) throws BadValueException {
    if (nanos.bitLength() > 63) {
      throw new BadValueException("must be a duration below 292 years");
    }
    return nanos.longValue();
  }

  /** Largest unit first with all lower ones down to seconds; one unit below a second. */
  public static String print(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    BigDecimal nanos =
        BigDecimal.valueOf(duration.getSeconds())
            .multiply(BigDecimal.valueOf(SECOND))
            .add(BigDecimal.valueOf(duration.getNano()));
    BigDecimal left = nanos.abs();
    StringBuilder text = new StringBuilder(nanos.signum() < 0 ? "-" : "");
    if (left.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
      return text.append(belowSecond(left)).toString();
    }
    long seconds = left.movePointLeft(9).longValue();
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      text.append(seconds / 60 % 60).append('m');
    }
    BigDecimal rest = left.subtract(BigDecimal.valueOf(seconds / 60 * 60, -9));
    return text.append(plain(rest.movePointLeft(9))).append('s').toString();
  }

  private static String belowSecond(BigDecimal nanos) {
    if (nanos.longValue() >= 1_000_000) {
      return plain(nanos.movePointLeft(6)) + "ms";
    }
    return nanos.longValue() >= 1_000 ? plain(nanos.movePointLeft(3)) + "\u00b5s" : nanos + "ns";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
