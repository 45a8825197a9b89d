package io.callscope.capture.fragment;

import io.callscope.capture.packet.Packet;
import java.util.Arrays;

/** A datagram of which not all fragments have come. */
final class FragmentedDatagram {
  /** Fragments but the last are of whole units. */
  private static final int UNIT = 8;

  private static final int MAX_LENGTH = 65_535;

  /** What one takes beside its arrays' elements: itself, the arrays' headers, its table's share. */
  static final int OVERHEAD = 256;

  /** What became of a fragment. */
  enum Taken {
    NEW,
    /** New in part. */
    OVERLAP,
    DUPLICATE,
    /** It cannot belong to a datagram, or not to this one. */
    MALFORMED
  }

  /** Of all that tells it from others, mixed. */
  final long key;

  /** One like it was put together just before: all of it, or fragments that came twice. */
  final boolean again;

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

  /** The filter lets one of them through. */
  boolean passed;

  private final FragmentBuffers buffers;
  private byte[] bytes = {};
  private int counted;

  /** A bit for each unit that is there. */
  private long[] present = {};

  private int units;
  private int length = -1;

  FragmentedDatagram(long key, boolean again, Packet packet, FragmentBuffers buffers) {
    this.key = key;
    this.again = again;
    this.buffers = buffers;
    ipv6 = packet.ipv6;
    createdNanos = packet.envelope.captureNanos;
    sourceHigh = packet.envelope.sourceHigh;
    sourceLow = packet.envelope.sourceLow;
    destinationHigh = packet.envelope.destinationHigh;
    destinationLow = packet.envelope.destinationLow;
    id = packet.fragmentId;
    protocol = packet.protocol;
  }

  static int hash(long key) {
    return (int) (key >>> 32);
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
    passed |= packet.passed;
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
    byte[] larger = buffers.take(end);
    System.arraycopy(bytes, 0, larger, 0, bytes.length);
    buffers.give(bytes);
    bytes = larger;
    present = Arrays.copyOf(present, larger.length / UNIT / Long.SIZE);
  }

  private void copy(Packet packet, int from, int end) {
    if (isAbsent(from / UNIT, units(end))) {
      System.arraycopy(packet.bytes, packet.at, bytes, from, end - from);
      mark(from / UNIT, units(end));
    } else {
      copyWhatIsNew(packet, from, end);
    }
  }

  private boolean isAbsent(int from, int end) {
    for (int word = from / Long.SIZE; word * Long.SIZE < end; word++) {
      if ((present[word] & mask(word, from, end)) != 0) {
        return false;
      }
    }
    return true;
  }

  private void mark(int from, int end) {
    for (int word = from / Long.SIZE; word * Long.SIZE < end; word++) {
      present[word] |= mask(word, from, end);
    }
    units += end - from;
  }

  /** The bits of a word that stand for units from one to before another. */
  private static long mask(int word, int from, int end) {
    int first = Math.max(0, from - word * Long.SIZE);
    int last = Math.min(Long.SIZE, end - word * Long.SIZE);
    return (-1L >>> (Long.SIZE - (last - first))) << first;
  }

  private void copyWhatIsNew(Packet packet, int from, int end) {
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
    int by = OVERHEAD + bytes.length + present.length * Long.BYTES - counted;
    counted += by;
    return by;
  }

  /** All the memory that {@link #grownBy} has told. */
  int heldBytes() {
    return counted;
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
