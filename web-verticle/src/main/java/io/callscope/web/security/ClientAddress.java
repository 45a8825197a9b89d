package io.callscope.web.security;

import io.callscope.net.IpAddress;
import io.callscope.net.IpNetwork;
import java.util.List;

/**
 * Where a request comes from: the other end of its connection or, where that is a proxy of ours,
 * whom the proxy names.
 */
final class ClientAddress {
  private static final String UNKNOWN = "?";
  private static final int MAX_HOPS = 32;

  private final List<IpNetwork> proxies;

  /**
   * @param proxies whose X-Forwarded-For is believed
   */
  ClientAddress(List<IpNetwork> proxies) {
    this.proxies = proxies;
  }

  /**
   * The address in its usual text.
   *
   * @param peer the other end of the connection
   * @param forwarded the X-Forwarded-For values, or null; each proxy adds to its end whom it heard
   */
  String of(String peer, String forwarded) {
    byte[] address = parse(peer);
    if (address == null) {
      return UNKNOWN;
    }
    String[] hops = forwarded == null ? new String[0] : forwarded.split(",", MAX_HOPS);
    for (int i = hops.length - 1; i >= 0 && isProxy(address); i--) {
      byte[] before = parse(hops[i].strip());
      if (before == null) {
        break;
      }
      address = before;
    }
    return text(address);
  }

  boolean isProxy(String peer) {
    byte[] address = parse(peer);
    return address != null && isProxy(address);
  }

  private boolean isProxy(byte[] address) {
    long high = IpAddress.high(address);
    long low = IpAddress.low(address);
    return proxies.stream().anyMatch(block -> block.contains(high, low));
  }

  /** What failures are counted under: an IPv6 host has a whole /64 of addresses to itself. */
  static String group(String address) {
    byte[] bytes = parse(address);
    if (bytes == null || IpAddress.isIpv4(IpAddress.high(bytes), IpAddress.low(bytes))) {
      return address;
    }
    return IpAddress.text(IpAddress.high(bytes), 0) + "/64";
  }

  /** Whether an address is of this machine's own loopback. */
  static boolean isLoopback(String address) {
    byte[] bytes = parse(address);
    return bytes != null && IpAddress.isLoopback(IpAddress.high(bytes), IpAddress.low(bytes));
  }

  /** The parser takes brackets and a zone too. */
  private static byte[] parse(String address) {
    return address == null ? null : IpAddress.parse(address);
  }

  private static String text(byte[] address) {
    return IpAddress.text(IpAddress.high(address), IpAddress.low(address));
  }
}
