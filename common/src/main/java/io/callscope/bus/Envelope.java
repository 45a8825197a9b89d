package io.callscope.bus;

import io.callscope.net.Transport;

/**
 * When, between whom and over what a message was seen. A source fills one object anew for each
 * packet; {@link SipBatchBuilder} copies what it says.
 */
public final class Envelope {
  public Transport transport = Transport.UDP;

  /** Capture time on the source's clock, ns since 1970. */
  public long captureNanos;

  /**
   * Capture time as the packet has it, where that is sane and so may be before {@link
   * #captureNanos}; else 0. For the pcap writers.
   */
  public long packetNanos;

  /** When the source read it, ns since 1970. */
  public long arrivalNanos;

  /** High half of the source address ({@link io.callscope.net.IpAddress}). */
  public long sourceHigh;

  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;
  public int sourcePort;
  public int destinationPort;

  /** {@link RecordFlags} of the record. */
  public int flags;

  /** What the source notes on the record; empty for most. */
  public final RecordNotes notes = new RecordNotes();

  /** Bytes of the datagram before the message: line ends. 0 in a stream. */
  public int leading;

  /** Bytes of the datagram behind the message. 0 in a stream. */
  public int trailing;
}
