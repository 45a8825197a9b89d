package io.callscope.capture.packet;

/** What a decoder found: what the next layer is, or why the packet goes no further. */
public enum Verdict {
  IPV4,
  IPV6,
  UDP,
  TCP,
  SCTP,
  ICMP,
  GRE,

  /** IPv4 or IPv6 in IP. */
  IPIP,

  /** GRE with something in it that we have no decoder for. */
  GRE_OTHER,

  /** A part of an IP datagram of which others are missing, or which is of no use. */
  FRAGMENT,

  /** An IP protocol that carries no SIP. */
  OTHER_PROTOCOL,

  /** A network protocol other than IP, for example ARP. */
  NOT_IP,

  /** A link type we have no decoder for. */
  LINK_UNSUPPORTED,

  /** The filter does not let it through. */
  FILTERED,

  /** Captured too short to decode it. */
  CUT,

  /** A header that contradicts itself. */
  MALFORMED
}
