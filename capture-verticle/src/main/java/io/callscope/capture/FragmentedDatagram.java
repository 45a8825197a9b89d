package io.callscope.capture;

import java.util.Arrays;

/** A datagram of which not all fragments have come. */
final class FragmentedDatagram {
  /** Fragments but the last are of whole units. */
  private static final int UNIT = 8;

  private static final int MAX_LENGTH = 65_535;
  private static final int MIN_BUFFER = 2048;

  /** What became of a fragment. */
  enum Taken {
    NEW,
    /** New in part. */
    OVERLAP,
    DUPLICATE,
    /** It cannot belong to a datagram, or not to this one. */
    MALFORMED
  }

  final int hash;
  final boolean ipv6;
  final long createdNanos;
  private final long sourceHigh;
  private final long sourceLow;
  private final long destinationHigh;
  private final long destinationLow;
  private final int id;
  private int protocol;

  // Links: hash chain, order of creation.
  FragmentedDatagram next;
  FragmentedDatagram older;
  FragmentedDatagram newer;

  /** Fragments it is made of. */
  int pieces;

  private byte[] bytes = new byte[0];
  private int grown;

  /** A bit for each unit that is there. */
  private long[] present = new long[MIN_BUFFER / UNIT / Long.SIZE];

  private int units;
  private int length = -1;

  FragmentedDatagram(int hash, Packet packet) {
    this.hash = hash;
    ipv6 = packet.ipv6;
    createdNanos = packet.envelope.captureNanos;
    sourceHigh = packet.envelope.sourceHigh;
    sourceLow = packet.envelope.sourceLow;
    destinationHigh = packet.envelope.destinationHigh;
    destinationLow = packet.envelope.destinationLow;
    id = packet.fragmentId;
    protocol = packet.protocol;
  }

  boolean isOf(Packet packet) {
    return id == packet.fragmentId
        && sourceLow == packet.envelope.sourceLow
        && destinationLow == packet.envelope.destinationLow
        && sourceHigh == packet.envelope.sourceHigh
        && destinationHigh == packet.envelope.destinationHigh
        && ipv6 == packet.ipv6
        && (ipv6 || protocol == packet.protocol);
  }

  Taken take(Packet packet) {
    int from = packet.fragmentOffset;
    int size = packet.available();
    int end = from + size;
    boolean last = !packet.moreFragments;
    boolean broken = size == 0 || end > MAX_LENGTH || (!last && size % UNIT != 0);
    if (broken || contradicts(end, last)) {
      return Taken.MALFORMED;
    }
    int before = units;
    grow(end);
    copy(packet, from, end);
    if (units == before) {
      return Taken.DUPLICATE;
    }
    if (last) {
      length = end;
    }
    if (from == 0) {
      protocol = packet.protocol; // an IPv6 fragment behind the first may not know it
    }
    pieces++;
    return units - before == units(size) ? Taken.NEW : Taken.OVERLAP;
  }

  /** Another fragment has said where the datagram ends, and this one says otherwise. */
  private boolean contradicts(int end, boolean last) {
    if (length >= 0) {
      return last ? end != length : end > length;
    }
    return last && end < highest();
  }

  private int highest() {
    for (int i = present.length - 1; i >= 0; i--) {
      if (present[i] != 0) {
        return (i * Long.SIZE + Long.SIZE - Long.numberOfLeadingZeros(present[i])) * UNIT
            - UNIT
            + 1;
      }
    }
    return 0;
  }

  private static int units(int size) {
    return (size + UNIT - 1) / UNIT;
  }

  private void grow(int end) {
    if (end <= bytes.length) {
      return;
    }
    int size = Math.max(MIN_BUFFER, Integer.highestOneBit(end - 1) * 2);
    grown += size - bytes.length;
    bytes = Arrays.copyOf(bytes, size);
    present = Arrays.copyOf(present, Math.max(present.length, size / UNIT / Long.SIZE));
  }

  private void copy(Packet packet, int from, int end) {
    for (int at = from; at < end; at += UNIT) {
      int unit = at / UNIT;
      long bit = 1L << (unit % Long.SIZE);
      if ((present[unit / Long.SIZE] & bit) == 0) {
        present[unit / Long.SIZE] |= bit;
        units++;
        int source = packet.at + at - from;
        System.arraycopy(packet.bytes, source, bytes, at, Math.min(UNIT, end - at));
      }
    }
  }

  boolean isComplete() {
    return length >= 0 && units == units(length);
  }

  /** How much more memory it takes since this was asked last. */
  int grownBy() {
    int by = grown;
    grown = 0;
    return by;
  }

  int heldBytes() {
    return bytes.length - grown;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int protocol() {
    return protocol;
  }
}
