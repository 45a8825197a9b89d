package io.callscope.bus;

import io.callscope.net.IpAddress;
import io.callscope.net.Transport;

/**
 * The two ends of an event, addresses as in {@link IpAddress}. The client sent the first request.
 */
public record EventEnds(
    Transport transport,
    long clientHigh,
    long clientLow,
    int clientPort,
    long serverHigh,
    long serverLow,
    int serverPort) {

  /** The ends of two address literals, each an IPv4 or an IPv6 one. */
  public static EventEnds of(
      Transport transport, String clientIp, int clientPort, String serverIp, int serverPort) {
    byte[] client = IpAddress.parse(clientIp);
    byte[] server = IpAddress.parse(serverIp);
    return new EventEnds(
        transport,
        IpAddress.high(client),
        IpAddress.low(client),
        clientPort,
        IpAddress.high(server),
        IpAddress.low(server),
        serverPort);
  }

  public String clientIp() {
    return IpAddress.text(clientHigh, clientLow);
  }

  public String serverIp() {
    return IpAddress.text(serverHigh, serverLow);
  }
}
