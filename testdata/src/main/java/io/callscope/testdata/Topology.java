package io.callscope.testdata;

import java.util.ArrayList;
import java.util.List;

/**
 * The network that is seen: phones, each behind one proxy, and gateways behind all proxies. Made as
 * far as it is used.
 */
final class Topology {
  private static final int PHONE = 0;
  private static final int PROXY = 1;
  private static final int GATEWAY = 2;
  private static final int SIP_PORT = 5060;
  private static final byte[] PROXY_PRODUCT = Bytes.ascii("kamailio (5.7.2 (x86_64/linux))");

  private static final byte[][] PHONE_PRODUCTS =
      texts(
          "Yealink SIP-T46U 108.86.0.20",
          "PolyVVX-VVX_411-UA/6.4.3.5156",
          "Grandstream GXP2170 1.0.11.35",
          "snomD785/10.1.169.16",
          "Linphone/5.2.3 (belle-sip/5.2.98)",
          "Zoiper v5.6.1 rv2.10.19.5",
          "AVM FRITZ!Box 7590",
          "MicroSIP/3.21.3",
          "baresip v1.1.0");

  private static final byte[][] GATEWAY_PRODUCTS =
      texts(
          "Cisco-SIPGateway/IOS-16.12.4",
          "Oracle SBC SCZ9.1.0 Patch 4",
          "Asterisk PBX 18.9-cert4",
          "FreeSWITCH-mod_sofia/1.10.10-release~64bit");

  private final boolean ipv6;
  private final boolean tcp;
  private final Hop[] phones;
  private final List<Endpoint> proxies = new ArrayList<>();
  private final List<Endpoint> gateways = new ArrayList<>();
  private final Hop[] trunks;

  Topology(Options options) {
    ipv6 = options.ipv6;
    tcp = options.tcp;
    phones = new Hop[tcp ? Math.min(options.phones, options.connections) : options.phones];
    for (int i = 0; i < options.proxies; i++) {
      proxies.add(endpoint(PROXY, i, SIP_PORT, PROXY_PRODUCT));
    }
    for (int i = 0; i < options.gateways; i++) {
      gateways.add(endpoint(GATEWAY, i, SIP_PORT, of(GATEWAY_PRODUCTS, i)));
    }
    trunks = new Hop[Math.multiplyExact(options.proxies, options.gateways)];
  }

  int phones() {
    return phones.length;
  }

  int gateways() {
    return gateways.size();
  }

  /** Hops there can be; their ids are below it. */
  int hops() {
    return phones.length + trunks.length;
  }

  /** The way between a phone and its proxy. */
  Hop phone(int index) {
    if (phones[index] == null) {
      int mixed = (int) ((index * 2_654_435_761L) >>> 8) & 0xffff;
      int port = mixed % 5 < 3 ? SIP_PORT : 30_000 + mixed % 30_000;
      Endpoint phone = endpoint(PHONE, index, port, of(PHONE_PRODUCTS, mixed >>> 3));
      int clientPort = tcp ? 20_000 + mixed % 40_000 : port;
      phones[index] = new Hop(index, phone, clientPort, proxies.get(index % proxies.size()));
    }
    return phones[index];
  }

  /** The way between a phone's proxy and a gateway. */
  Hop trunk(int phone, int gateway) {
    int proxy = phone % proxies.size();
    int index = proxy * gateways.size() + gateway;
    if (trunks[index] == null) {
      int clientPort = tcp ? 30_000 + gateway % 30_000 : SIP_PORT;
      trunks[index] =
          new Hop(phones.length + index, proxies.get(proxy), clientPort, gateways.get(gateway));
    }
    return trunks[index];
  }

  private Endpoint endpoint(int role, int index, int port, byte[] product) {
    int n = index + 1;
    if (!ipv6) {
      byte[] address = {10, (byte) (role * 64 + (n >>> 16)), (byte) (n >>> 8), (byte) n};
      String host = "10." + (address[1] & 255) + "." + (address[2] & 255) + "." + (n & 255);
      return new Endpoint(address, port, host, product);
    }
    byte[] address = {
      0x20, 1, 0x0d, (byte) 0xb8, 0, (byte) (role + 1), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    address[13] = (byte) (n >>> 16);
    address[14] = (byte) (n >>> 8);
    address[15] = (byte) n;
    String high = n >>> 16 == 0 ? "" : Integer.toHexString(n >>> 16) + ":";
    String host = "[2001:db8:" + (role + 1) + "::" + high + Integer.toHexString(n & 0xffff) + "]";
    return new Endpoint(address, port, host, product);
  }

  private static byte[] of(byte[][] texts, int index) {
    return texts[index % texts.length];
  }

  private static byte[][] texts(String... texts) {
    byte[][] all = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      all[i] = Bytes.ascii(texts[i]);
    }
    return all;
  }
}
