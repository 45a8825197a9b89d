package io.callscope.config;

import io.callscope.net.IpAddress;

/**
 * A CIDR block; a single address is one of full length. IPv4 counts as IPv4-mapped IPv6, so bits
 * are 0 to 128.
 *
 * @param high high half of its first address
 * @param low low half
 * @param bits length of the prefix
 */
public record AddressBlock(long high, long low, int bits) {
  private static final int MAPPED_BITS = 96;

  /** {@code 192.0.2.0/24}, {@code 2001:db8::/32} or an address. */
  static AddressBlock parse(String text) throws BadValueException {
    int slash = text.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw wrong();
    }
    int width = address.length * 8;
    int bits = slash < 0 ? width : number(text.substring(slash + 1));
    if (bits < 0 || bits > width) {
      throw wrong();
    }
    int mapped = width == 32 ? bits + MAPPED_BITS : bits;
    return new AddressBlock(
        IpAddress.high(address) & highMask(mapped),
        IpAddress.low(address) & lowMask(mapped),
        mapped);
  }

  private static BadValueException wrong() {
    return new BadValueException(
        "must be an address or block such as 192.0.2.0/24 or 2001:db8::/32");
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static long highMask(int bits) {
    return mask(Math.min(bits, 64));
  }

  private static long lowMask(int bits) {
    return mask(Math.max(bits - 64, 0));
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  public boolean contains(long addressHigh, long addressLow) {
    return (addressHigh & highMask(bits)) == high && (addressLow & lowMask(bits)) == low;
  }

  /** As on the command line. */
  public String text() {
    boolean ipv4 = bits >= MAPPED_BITS && IpAddress.isIpv4(high, low);
    return IpAddress.text(high, low) + "/" + (ipv4 ? bits - MAPPED_BITS : bits);
  }
}
