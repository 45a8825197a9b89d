package io.callscope.ipfix;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a collector listens, as {@code -ipfix_addr} names it. */
final class ListenAddress {
  private static final String ALL_IPV4 = "0.0.0.0";

  private final String host;
  private final String droppedPort;

  private ListenAddress(String host, String droppedPort) {
    this.host = host;
    this.droppedPort = droppedPort;
  }

  /**
   * Reads an address or a host name; a port behind it is dropped, since that has an option of its
   * own.
   */
  static ListenAddress parse(String text) {
    String trimmed = text.strip();
    int bracket = trimmed.lastIndexOf(']');
    if (trimmed.startsWith("[") && bracket > 0) {
      String rest = trimmed.substring(bracket + 1);
      return new ListenAddress(
          trimmed.substring(1, bracket), rest.startsWith(":") ? rest.substring(1) : null);
    }
    int colon = trimmed.indexOf(':');
    if (colon >= 0 && colon == trimmed.lastIndexOf(':')) {
      return new ListenAddress(trimmed.substring(0, colon), trimmed.substring(colon + 1));
    }
    return new ListenAddress(trimmed, null);
  }

  /** The port that is not listened on, null if none was named. */
  String droppedPort() {
    return droppedPort;
  }

  /** For people. */
  String text() {
    return host.isEmpty() ? "all addresses" : host;
  }

  /** Asks the name service, so not for an event loop: an IPv4 address if there is one. */
  String resolve() throws UnknownHostException {
    if (host.isEmpty()) {
      return ALL_IPV4;
    }
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress address : all) {
      if (address instanceof Inet4Address) {
        return address.getHostAddress();
      }
    }
    return all[0].getHostAddress();
  }
}
