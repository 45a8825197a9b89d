package io.callscope.net;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;

/**
 * An IP address in two longs, so that a message carries its ends without an object: the 16 bytes of
 * an IPv6 address, or of the IPv4-mapped form (RFC 4291 §2.5.5.2) of an IPv4 address.
 */
public final class IpAddress {
  private static final long MAPPED_PREFIX = 0xffff_0000_0000L;
  private static final long MAPPED_MASK = 0xffff_ffff_0000_0000L;

  private IpAddress() {}

  /** The low half of an IPv4 address; its high half is 0. */
  public static long lowOfIpv4(int address) {
    return MAPPED_PREFIX | (address & 0xffff_ffffL);
  }

  public static boolean isIpv4(long high, long low) {
    return high == 0 && (low & MAPPED_MASK) == MAPPED_PREFIX;
  }

  /** Whether only this machine itself has that address. */
  public static boolean isLoopback(long high, long low) {
    return isIpv4(high, low) ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
  }

  /**
   * The 4 or 16 bytes of an address literal, or null if the text is none. Never asks a name server.
   */
  public static byte[] parse(String text) {
    return NetUtil.createByteArrayFromIpAddressString(text);
  }

  /** The high half of an address of 4 or 16 bytes. */
  public static long high(byte[] address) {
    return address.length == 4 ? 0 : ByteBuffer.wrap(address).getLong(0);
  }

  /** The low half of an address of 4 or 16 bytes. */
  public static long low(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    return address.length == 4 ? lowOfIpv4(bytes.getInt(0)) : bytes.getLong(8);
  }

  /** Dotted quad, or RFC 5952 lower-case IPv6 text. */
  public static String text(long high, long low) {
    return isIpv4(high, low) ? ipv4Text((int) low) : ipv6Text(high, low);
  }

  /** The order of addresses: IPv4 first, then by their numbers. */
  public static int compare(long high, long low, long otherHigh, long otherLow) {
    boolean ipv4 = isIpv4(high, low);
    if (ipv4 != isIpv4(otherHigh, otherLow)) {
      return ipv4 ? -1 : 1;
    }
    int compared = Long.compareUnsigned(high, otherHigh);
    return compared == 0 ? Long.compareUnsigned(low, otherLow) : compared;
  }

  /** A text by whose order addresses come as {@link #compare} puts them. */
  public static String sortable(long high, long low) {
    StringBuilder text = new StringBuilder(33).append(isIpv4(high, low) ? '4' : '6');
    hex(text, high);
    hex(text, low);
    return text.toString();
  }

  private static void hex(StringBuilder text, long half) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append(Character.forDigit((int) (half >>> shift) & 15, 16));
    }
  }

  private static String ipv4Text(int a) {
    return (a >>> 24) + "." + (a >>> 16 & 255) + "." + (a >>> 8 & 255) + "." + (a & 255);
  }

  private static String ipv6Text(long high, long low) {
    int zerosAt = -1;
    int zeros = 1; // a lone zero group is written out (RFC 5952 §4.2.2)
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && group(high, low, i + run) == 0) {
        run++;
      }
      if (run > zeros) {
        zerosAt = i;
        zeros = run;
      }
      i += run;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == zerosAt) {
        text.append("::");
        i += zeros - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(high, low, i)));
    }
    return text.toString();
  }

  private static int group(long high, long low, int i) {
    long half = i < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (i & 3))) & 0xffff;
  }
}
