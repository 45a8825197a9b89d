package io.callscope.capture.packet;

import io.callscope.bus.Envelope;

/**
 * One captured packet on its way through the decoders: the bytes that are left to decode and what
 * the layers so far have told. One object serves a source for its whole life; nothing in it
 * outlives the packet.
 */
public final class Packet {
  public byte[] bytes;

  /** First byte not decoded yet. */
  public int at;

  /** End of what was captured of the present layer. */
  public int end;

  /** Fewer bytes were captured than there were on the wire. */
  public boolean cut;

  /** Bytes of the present layer that were on the wire and not captured, as far as is known. */
  public int missing;

  public int linkType;

  /** Bytes on the wire. */
  public int originalLength;

  /** The filter lets it through, as far as it has been decoded; true without a filter. */
  public boolean passed;

  public boolean ipv6;

  /** The IP protocol that is carried. */
  public int protocol;

  // Of a fragment: the datagram it belongs to, where in it, and whether it is not the last.
  public int fragmentId;
  public int fragmentOffset;
  public boolean moreFragments;

  // Of a TCP segment.
  public int sequence;
  public int acknowledgement;
  public int tcpFlags;

  public final Envelope envelope = new Envelope();

  public int available() {
    return end - at;
  }

  public int uint8(int position) {
    return bytes[position] & 0xff;
  }

  public int uint16(int position) {
    return (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
  }

  public int int32(int position) {
    return uint16(position) << 16 | uint16(position + 2);
  }

  public long int64(int position) {
    return (long) int32(position) << 32 | (int32(position + 4) & 0xffff_ffffL);
  }

  /** Ends the present layer after so many bytes; a layer longer than what was captured is cut. */
  public void limit(int length) {
    if (length <= available()) {
      end = at + length;
      missing = 0;
    } else {
      cut = true;
      missing = length - available();
    }
  }

  /** What it means that a layer's header does not fit into what is there. */
  public Verdict tooShort() {
    return cut ? Verdict.CUT : Verdict.MALFORMED;
  }
}
