package io.callscope.bus;

import java.nio.charset.StandardCharsets;

/**
 * The media quality of a call through an SBC, as the SBC measured it on both of its legs.
 *
 * @param sbc name of the SBC, or its address
 * @param beginNanos start of what was measured, ns since 1970
 * @param endNanos its end
 * @param mediaType as the SBC numbers it; 1 is audio
 * @param late it came after the end of the call had been published
 */
public record CallQuality(
    String sbc,
    long beginNanos,
    long endNanos,
    int mediaType,
    boolean late,
    Leg ingress,
    Leg egress) {

  /**
   * One leg: the ingress leg is the caller's.
   *
   * @param rawCallId its bytes, a char each, for they need not be UTF-8; empty if the SBC does not
   *     tell it
   * @param realm the SBC's name of the network on this side
   * @param slot of the SBC's interface, as {@code port} and {@code vlan}
   * @param rFactorHundredths R factor (ITU-T G.107) times 100
   * @param mosHundredths mean opinion score times 100; 0 if it was not measured
   * @param rtp what the SBC counted
   * @param rtcp what the far end reported
   * @param incoming addresses of the stream that comes to the SBC, {@code ip:port->ip:port}
   * @param outgoing of the stream that leaves it
   */
  public record Leg(
      String rawCallId,
      String realm,
      int slot,
      int port,
      int vlan,
      int rFactorHundredths,
      int mosHundredths,
      Stream rtp,
      Stream rtcp,
      Flow incoming,
      Flow outgoing) {

    /** The Call-ID as it came. */
    public byte[] callIdBytes() {
      return rawCallId.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The Call-ID for people; bytes that are not UTF-8 become U+FFFD. */
    public String callId() {
      return new String(callIdBytes(), StandardCharsets.UTF_8);
    }

    /** The SBC has measured this leg. */
    public boolean isMeasured() {
      return mosHundredths > 0;
    }
  }

  /** Figures of a stream; latency is known of RTCP alone. */
  public record Stream(
      long bytes,
      long packets,
      long lost,
      long jitterMillis,
      long maxJitterMillis,
      long latencyMillis,
      long maxLatencyMillis) {}

  /** The addresses of a stream. */
  public record Flow(String source, int sourcePort, String destination, int destinationPort) {}

  /** The same report, come too late for the end of its call. */
  public CallQuality asLate() {
    return new CallQuality(sbc, beginNanos, endNanos, mediaType, true, ingress, egress);
  }
}
