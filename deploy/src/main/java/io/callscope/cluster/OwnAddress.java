package io.callscope.cluster;

import io.callscope.net.IpAddress;
import io.callscope.net.IpNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The address of this process in the cluster. Whoever reaches the port of the members can join,
 * read and write there, so it must be one that strangers do not reach.
 */
final class OwnAddress {
  /** Loopback, RFC 1918, RFC 6598, RFC 3927, RFC 4193 and RFC 4291 §2.5.6. */
  private static final List<IpNetwork> PRIVATE =
      Stream.of(
              "127.0.0.0/8",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "169.254.0.0/16",
              "::1/128",
              "fc00::/7",
              "fe80::/10")
          .map(IpNetwork::parse)
          .toList();

  private OwnAddress() {}

  /**
   * The address literal of an address or host name. May ask a name server.
   *
   * @throws ClusterException if it is none, is every address, or is public without leave
   */
  static String resolve(String text, boolean isPublicAllowed) throws ClusterException {
    InetAddress address;
    try {
      address = InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new ClusterException("-cluster_addr " + text + ": no such address", e);
    }
    if (address.isAnyLocalAddress()) {
      throw new ClusterException(
          "-cluster_addr " + text + " is every address: give the one that the others shall use");
    }
    if (!isPublicAllowed && !isPrivate(address.getAddress())) {
      throw new ClusterException(
          "-cluster_addr "
              + text
              + " is a public address, and whoever reaches it could join: use one of a private"
              + " network, or -cluster_public where a firewall keeps strangers out");
    }
    return address.getHostAddress();
  }

  /**
   * Only trying tells: what of a loopback network is an own address no interface lists.
   *
   * @param text as it was given
   * @param literal what that means
   * @throws ClusterException if this machine has no such address
   */
  static void requireOwn(String text, String literal) throws ClusterException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(literal, 0));
    } catch (IOException e) {
      throw new ClusterException(
          "-cluster_addr " + text + " is no address of this machine: " + e.getMessage(), e);
    }
  }

  static boolean isPrivate(byte[] address) {
    long high = IpAddress.high(address);
    long low = IpAddress.low(address);
    return PRIVATE.stream().anyMatch(network -> network.contains(high, low));
  }
}
