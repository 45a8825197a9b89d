package io.callscope.testdata;

/** An address and port that sends and receives: a phone, a proxy or a gateway. Immutable. */
public final class Endpoint {
  private final byte[] address;
  private final int port;
  private final byte[] host;
  private final byte[] hostPort;
  private final byte[] product;

  /**
   * @param hostText the address as it stands in a URI, so IPv6 in brackets
   * @param product what it calls itself in User-Agent or Server
   */
  Endpoint(byte[] address, int port, String hostText, byte[] product) {
    this.address = address;
    this.port = port;
    this.host = Bytes.ascii(hostText.replace("[", "").replace("]", ""));
    this.hostPort = Bytes.ascii(hostText + ":" + port);
    this.product = product;
  }

  /** Its 4 or 16 address bytes. Not to be changed. */
  public byte[] address() {
    return address;
  }

  public int port() {
    return port;
  }

  byte[] host() {
    return host;
  }

  byte[] hostPort() {
    return hostPort;
  }

  byte[] product() {
    return product;
  }

  boolean ipv6() {
    return address.length == 16;
  }
}
