package io.callscope.testdata;

import java.util.Locale;

/** What is counted of a capture below SIP. */
public enum NetworkCount {
  FRAMES,
  FRAME_BYTES,
  FRAGMENTED_PACKETS,
  FRAGMENTS,
  TCP_CONNECTIONS,
  TCP_LOST_HANDSHAKES,
  TCP_SEGMENTS,
  TCP_SPLIT_MESSAGES,
  TCP_COALESCED_MESSAGES,
  TCP_REORDERED,
  TCP_RETRANSMITTED,
  TCP_KEEPALIVES,
  NOISE,
  /** Of the noise, datagrams that cannot be SIP: 12 bytes or fewer, or no letter first. */
  NOISE_PROBES,
  RTP;

  /** As it stands in the truth, for example {@code tcp_segments}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
