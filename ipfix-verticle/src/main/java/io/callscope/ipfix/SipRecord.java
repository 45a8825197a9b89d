package io.callscope.ipfix;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;

/**
 * The record of a SIP message in one of the sets 258 to 263. One object reads all, one after the
 * other; nothing in it outlives the set.
 *
 * <pre>
 * 0 time: seconds (4), microseconds (4)   8 slot (1)   9 port (1)   10 VLAN (2)
 *   UDP        12 Call-ID of the ingress leg, variable, egress sets only   then the IP packet, variable
 *   TCP, SCTP  12 destination (4)   16 source (4)   20 destination port (2)   22 source port (2)
 *              24 context (4)   28 Call-ID as above   then the message, variable
 * </pre>
 */
final class SipRecord {
  private static final int COMMON = 12;

  /** What stands behind the addresses: two ports and the context. */
  private static final int PORTS_AND_CONTEXT = 8;

  private final VariableLength field = new VariableLength();
  private final EmbeddedPacket packet = new EmbeddedPacket();

  /** When the SBC saw the message, ns since 1970. */
  long timeNanos;

  boolean ipv6;

  /** The message is shorter than its headers said. */
  boolean truncated;

  int textAt;
  int textEnd;
  int ingressCallIdAt;
  int ingressCallIdLength;

  /** Where the record ends; what is left of the set is padding. */
  int end;

  /**
   * Reads the content of a set. Source, destination and transport go to the envelope.
   *
   * @return false if it does not fit its set or holds no SIP transport
   */
  boolean read(int setId, byte[] bytes, int at, int setEnd, Envelope envelope) {
    if (setEnd - at < COMMON) {
      return false;
    }
    timeNanos = Octets.nanos(bytes, at);
    boolean egress = SetId.isEgress(setId);
    if (setId <= SetId.UDP_OUT) {
      envelope.transport = Transport.UDP;
      return text(bytes, at + COMMON, setEnd, egress) && packet(bytes, envelope);
    }
    envelope.transport = setId <= SetId.TCP_OUT ? Transport.TCP : Transport.SCTP;
    truncated = false;
    return addressesAndText(bytes, at + COMMON, setEnd, egress, envelope);
  }

  /**
   * No set is known for IPv6 over TCP, but the same fields with wider addresses are. A reading that
   * ends with the set at a text that begins with a letter is right, whichever it is; else, since
   * there may be padding, that with IPv4 addresses.
   */
  private boolean addressesAndText(
      byte[] bytes, int at, int setEnd, boolean egress, Envelope envelope) {
    boolean fits = stream(bytes, at, setEnd, egress, 4);
    boolean surely = fits && end == setEnd && beginsWithLetter(bytes);
    if (!surely
        && stream(bytes, at, setEnd, egress, 16)
        && end == setEnd
        && beginsWithLetter(bytes)) {
      addresses16(bytes, at, envelope);
      return true;
    }
    if (fits) {
      stream(bytes, at, setEnd, egress, 4);
      addresses4(bytes, at, envelope);
    }
    return fits;
  }

  private boolean packet(byte[] bytes, Envelope envelope) {
    if (!packet.read(bytes, textAt, textEnd, envelope)) {
      return false;
    }
    ipv6 = packet.ipv6;
    truncated = packet.truncated;
    textAt = packet.at;
    textEnd = packet.end;
    return true;
  }

  private boolean stream(byte[] bytes, int at, int setEnd, boolean egress, int addressBytes) {
    ipv6 = addressBytes == 16;
    return text(bytes, at + 2 * addressBytes + PORTS_AND_CONTEXT, setEnd, egress);
  }

  private boolean beginsWithLetter(byte[] bytes) {
    return textAt < textEnd && (bytes[textAt] | 0x20) >= 'a' && (bytes[textAt] | 0x20) <= 'z';
  }

  /** The ingress leg's Call-ID where there is one, and the message or packet. */
  private boolean text(byte[] bytes, int from, int setEnd, boolean egress) {
    int at = from;
    ingressCallIdLength = 0;
    if (egress) {
      if (!field.read(bytes, at, setEnd)) {
        return false;
      }
      ingressCallIdAt = field.at;
      ingressCallIdLength = field.length;
      at = field.end();
    }
    if (!field.read(bytes, at, setEnd)) {
      return false;
    }
    textAt = field.at;
    textEnd = field.end();
    end = textEnd;
    return true;
  }

  /** Destination comes first, whichever way the message went. */
  private static void addresses4(byte[] bytes, int at, Envelope envelope) {
    envelope.destinationHigh = 0;
    envelope.destinationLow = IpAddress.lowOfIpv4(Octets.int32(bytes, at));
    envelope.sourceHigh = 0;
    envelope.sourceLow = IpAddress.lowOfIpv4(Octets.int32(bytes, at + 4));
    ports(bytes, at + 8, envelope);
  }

  private static void addresses16(byte[] bytes, int at, Envelope envelope) {
    envelope.destinationHigh = Octets.int64(bytes, at);
    envelope.destinationLow = Octets.int64(bytes, at + 8);
    envelope.sourceHigh = Octets.int64(bytes, at + 16);
    envelope.sourceLow = Octets.int64(bytes, at + 24);
    ports(bytes, at + 32, envelope);
  }

  private static void ports(byte[] bytes, int at, Envelope envelope) {
    envelope.destinationPort = Octets.uint16(bytes, at);
    envelope.sourcePort = Octets.uint16(bytes, at + 2);
  }
}
