package io.callscope.ipfix;

import io.callscope.net.IpAddress;

/**
 * The two ends of a connection.
 *
 * @param id counts up for the life of the process
 */
record Remote(long id, String ip, int port, String localIp, int localPort) {
  Remote {
    ip = text(ip);
    localIp = text(localIp);
  }

  /** The literal of an address as pages show it. */
  private static String text(String literal) {
    byte[] address = IpAddress.parse(literal.replaceFirst("%.*", ""));
    return address == null
        ? literal
        : IpAddress.text(IpAddress.high(address), IpAddress.low(address));
  }
}
