package io.callscope.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses: all whose first bits are those of a prefix (RFC 4632). An IPv4 block holds
 * IPv4 addresses only; it is one of the IPv4-mapped space here.
 *
 * @param high high half of its first address
 * @param low low half
 * @param bits of the prefix, 0 to 128
 */
public record IpNetwork(long high, long low, int bits) {
  private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F.:]+)(?:/([0-9]{1,3}))?");
  private static final int ALL_BITS = 128;
  private static final int MAPPED_BITS = 96;

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a lone address, which is a block of one.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static IpNetwork parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    byte[] address = matcher.matches() ? IpAddress.parse(matcher.group(1)) : null;
    if (address == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no IP address or network");
    }
    int offset = address.length == 4 ? MAPPED_BITS : 0;
    int bits = matcher.group(2) == null ? ALL_BITS : offset + Integer.parseInt(matcher.group(2));
    if (bits > ALL_BITS) {
      throw new IllegalArgumentException(
          "\"" + text + "\": a prefix has at most " + (ALL_BITS - offset) + " bits");
    }
    return new IpNetwork(
        IpAddress.high(address) & mask(bits),
        IpAddress.low(address) & mask(bits - Long.SIZE),
        bits);
  }

  /** Whether the address of these halves is in it. */
  public boolean contains(long addressHigh, long addressLow) {
    return ((addressHigh ^ high) & mask(bits)) == 0
        && ((addressLow ^ low) & mask(bits - Long.SIZE)) == 0;
  }

  /** Its first address with the length of its prefix. */
  public String text() {
    boolean ipv4 = bits >= MAPPED_BITS && IpAddress.isIpv4(high, low);
    return IpAddress.text(high, low) + "/" + (ipv4 ? bits - MAPPED_BITS : bits);
  }

  /** A half whose first bits are set. */
  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
  }
}
