package io.callscope.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whole numbers as Go writes them, floats, and sizes in bytes. */
final class NumberText {
  private static final Pattern WHOLE =
      Pattern.compile(
          "[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[0-9](?:_?[0-9])*)");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final int MAX_LENGTH = 100;

  private NumberText() {}

  /**
   * Decimal, {@code 0x}, {@code 0o} or a leading 0, {@code 0b}, with {@code _} between digits. Null
   * if the text is none of these.
   */
  static BigInteger whole(String text) {
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      return null;
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = text.substring(signed ? 1 : 0).replace("_", "");
    BigInteger value = magnitude(digits);
    return value == null || !text.startsWith("-") ? value : value.negate();
  }

  private static BigInteger magnitude(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return new BigInteger(digits);
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
      case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
      case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
      default -> digits.matches("[0-7]+") ? new BigInteger(digits, 8) : null; // 08 is no number
    };
  }

  static double real(String text) throws BadValueException {
    double value =
        text.length() <= MAX_LENGTH && FLOAT.matcher(text).matches()
            ? Double.parseDouble(text)
            : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new BadValueException("must be a number such as 20 or 0.5");
    }
    return value;
  }

  /** Without a fraction where there is none. */
  static String print(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** A size such as {@code 64MiB}: a whole number of bytes, KiB, MiB or GiB (short: k, m, g). */
  static long size(String text, long max) throws BadValueException {
    String lower = text.toLowerCase(Locale.ROOT);
    int shift = 0;
    String number = text;
    for (Unit unit : Unit.values()) {
      String suffix = lower.endsWith(unit.longName) ? unit.longName : unit.shortName;
      if (lower.endsWith(suffix) && !lower.startsWith("0x")) {
        shift = unit.shift;
        number = text.substring(0, text.length() - suffix.length());
      }
    }
    BigInteger bytes = whole(number);
    if (bytes == null
        || bytes.signum() < 0
        || bytes.shiftLeft(shift).compareTo(BigInteger.valueOf(max)) > 0) {
      throw new BadValueException("must be a size such as 64MiB, at most " + printSize(max));
    }
    return bytes.shiftLeft(shift).longValue();
  }

  static String printSize(long bytes) {
    String text = Long.toString(bytes);
    for (Unit unit : Unit.values()) {
      if (bytes != 0 && (bytes & ((1L << unit.shift) - 1)) == 0) {
        text = (bytes >> unit.shift) + unit.printed;
      }
    }
    return text;
  }

  private enum Unit {
    KIB("k", "kib", "KiB", 10),
    MIB("m", "mib", "MiB", 20),
    GIB("g", "gib", "GiB", 30);

    private final String shortName;
    private final String longName;
    private final String printed;
    private final int shift;

    Unit(String shortName, String longName, String printed, int shift) {
      this.shortName = shortName;
      this.longName = longName;
      this.printed = printed;
      this.shift = shift;
    }
  }
}
