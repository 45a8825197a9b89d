package io.callscope.web.security;

import io.callscope.net.IpAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names this server goes by. A page of another site whose name is made to lead here (DNS
 * rebinding) comes with that site's name in Host (RFC 9110 §7.2); an address cannot be led anywhere
 * else, so all addresses are good.
 */
final class HostNames {
  private final Set<String> names;
  private final boolean any;

  /**
   * @param names besides {@code localhost}; {@code *} for any
   */
  HostNames(Collection<String> names) {
    this.names =
        names.stream().map(HostNames::plain).filter(n -> !n.isEmpty()).collect(Collectors.toSet());
    any = names.contains("*");
  }

  /** Whether a Host value names us; a client that sends none is no browser. */
  boolean allows(String host) {
    if (any || host == null || host.isEmpty()) {
      return true;
    }
    String name = nameOf(host);
    return name != null
        && (name.equals("localhost")
            || IpAddress.parse(name) != null
            || names.contains(plain(name)));
  }

  /** Host without port and brackets, null if it is not of the form of RFC 3986 §3.2. */
  static String nameOf(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      boolean whole = end > 0 && isPort(host.substring(end + 1));
      String address = whole ? host.substring(1, end) : "";
      return address.indexOf(':') >= 0 && IpAddress.parse(address) != null ? address : null;
    }
    int colon = host.indexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    boolean good =
        !name.isEmpty()
            && name.length() <= 253
            && name.chars().allMatch(HostNames::isNameCharacter)
            && (colon < 0 || isPort(host.substring(colon)));
    return good ? name.toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":[0-9]{0,5}");
  }

  private static boolean isNameCharacter(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
