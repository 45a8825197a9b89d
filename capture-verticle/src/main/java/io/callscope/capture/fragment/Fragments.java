package io.callscope.capture.fragment;

import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.IpProtocol;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.table.ChainedTable;
import io.callscope.table.EndsHash;

/**
 * Puts IP datagrams together from their fragments (RFC 791 §3.2, RFC 8200 §4.5), in any order, at
 * any depth of tunnels. Of bytes that come twice the first count. Bounded in datagrams, bytes and
 * age by capture time; what has to go goes oldest first, and every fragment is counted once. One
 * thread.
 */
public final class Fragments extends ChainedTable<FragmentedDatagram> {
  static final int MAX_DATAGRAMS = 4096;
  static final long MAX_BYTES = 32L << 20;

  /**
   * The fragments of a datagram come within moments. A busy sender uses its 65,536 numbers again
   * after some seconds (RFC 4963 §2), and what is left of an older datagram would end up in a
   * newer.
   */
  public static final long MAX_AGE_NANOS = 5_000_000_000L;

  private final CaptureCounters counters;

  private final EndsHash hash = new EndsHash();

  private FragmentedDatagram oldest;
  private FragmentedDatagram newest;
  private long bytes;

  private final FragmentBuffers buffers = new FragmentBuffers();
  private final CompleteDatagrams complete = new CompleteDatagrams();

  public Fragments(CaptureCounters counters) {
    this.counters = counters;
  }

  @Override
  protected int hash(FragmentedDatagram datagram) {
    return FragmentedDatagram.hash(datagram.key);
  }

  @Override
  protected FragmentedDatagram next(FragmentedDatagram datagram) {
    return datagram.next;
  }

  @Override
  protected void setNext(FragmentedDatagram datagram, FragmentedDatagram next) {
    datagram.next = next;
  }

  /**
   * Takes a fragment.
   *
   * @param packet at the bytes of the fragment
   * @return {@link Verdict#FRAGMENT}, or what the datagram that it completed carries, with the
   *     packet at the payload of that datagram
   */
  public Verdict add(Packet packet) {
    expire(packet.envelope.captureNanos);
    if (packet.cut) {
      counters.increment(counters.fragCut);
      return Verdict.FRAGMENT;
    }
    long key = key(packet);
    FragmentedDatagram datagram = find(packet, key);
    if (datagram == null) {
      datagram = create(packet, key);
    }
    switch (datagram.take(packet)) {
      case MALFORMED -> {
        counters.increment(counters.fragMalformed);
        dropIfEmpty(datagram);
        return Verdict.FRAGMENT;
      }
      case DUPLICATE -> {
        counters.increment(counters.fragDuplicates);
        return Verdict.FRAGMENT;
      }
      case OVERLAP -> counters.increment(counters.fragOverlaps);
      case NEW -> {}
    }
    counters.waiting(1);
    bytes += datagram.grownBy();
    if (datagram.isComplete()) {
      return complete(datagram, packet);
    }
    while (bytes > MAX_BYTES || size() > MAX_DATAGRAMS) {
      drop(oldest, counters.fragEvicted);
    }
    return Verdict.FRAGMENT;
  }

  /** A new packet comes: nobody reads what the last one became. */
  public void next() {
    buffers.next();
  }

  /** An IPv6 fragment behind the first does not know its protocol. */
  private long key(Packet packet) {
    long protocol = packet.ipv6 ? 0 : packet.protocol;
    return hash.of(
        packet.envelope.sourceHigh,
        packet.envelope.sourceLow,
        packet.envelope.destinationHigh,
        packet.envelope.destinationLow,
        (protocol << Integer.SIZE) | (packet.fragmentId & 0xffff_ffffL));
  }

  private FragmentedDatagram find(Packet packet, long key) {
    FragmentedDatagram datagram = chain(FragmentedDatagram.hash(key));
    while (datagram != null && !datagram.isOf(packet)) {
      datagram = datagram.next;
    }
    return datagram;
  }

  private FragmentedDatagram create(Packet packet, long key) {
    boolean again = complete.contains(key, packet.envelope.captureNanos);
    FragmentedDatagram datagram = new FragmentedDatagram(key, again, packet, buffers);
    link(datagram);
    datagram.older = newest;
    if (newest == null) {
      oldest = datagram;
    } else {
      newest.newer = datagram;
    }
    newest = datagram;
    return datagram;
  }

  private Verdict complete(FragmentedDatagram datagram, Packet packet) {
    remove(datagram);
    complete.add(datagram.key, packet.envelope.captureNanos);
    buffers.giveLater(datagram.bytes());
    counters.reassembled(datagram.pieces, datagram.ipv6);
    packet.bytes = datagram.bytes();
    packet.at = 0;
    packet.end = datagram.length();
    packet.cut = false;
    packet.missing = 0;
    packet.protocol = datagram.protocol();
    packet.passed = datagram.passed;
    return IpProtocol.of(packet.protocol);
  }

  private void expire(long nowNanos) {
    while (oldest != null && nowNanos - oldest.createdNanos > MAX_AGE_NANOS) {
      drop(oldest, counters.fragTimeouts);
    }
  }

  private void dropIfEmpty(FragmentedDatagram datagram) {
    if (datagram.pieces == 0) {
      remove(datagram);
      buffers.give(datagram.bytes());
    }
  }

  private void drop(FragmentedDatagram datagram, int counter) {
    counters.gaveUp(datagram.again ? counters.fragDuplicates : counter, datagram.pieces);
    remove(datagram);
    buffers.give(datagram.bytes());
  }

  private void remove(FragmentedDatagram datagram) {
    unlink(datagram);
    if (datagram.older == null) {
      oldest = datagram.newer;
    } else {
      datagram.older.newer = datagram.newer;
    }
    if (datagram.newer == null) {
      newest = datagram.older;
    } else {
      datagram.newer.older = datagram.older;
    }
    bytes -= datagram.heldBytes();
  }

  /** Memory of what waits, at most a datagram more than {@link #MAX_BYTES}. */
  long heldBytes() {
    return bytes;
  }

  /** The source has ended: nothing will complete what is here. */
  public void end() {
    while (oldest != null) {
      drop(oldest, counters.fragTimeouts);
    }
  }
}
