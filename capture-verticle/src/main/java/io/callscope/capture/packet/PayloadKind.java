package io.callscope.capture.packet;

/** What the payload of a UDP datagram looks like from its first bytes; ports do not matter. */
public enum PayloadKind {
  /** Long enough and starts with a letter: the parser decides. */
  SIP,

  /** Nothing, or line ends, blanks and zeros only: keep-alives (RFC 5626 §3.5.1 and others). */
  KEEPALIVE,
  STUN,
  RTP,
  RTCP,
  DTLS,
  NOT_SIP
}
