package io.callscope.pcap;

import io.callscope.bus.Envelope;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The TCP connections of one capture file, as far as its packets show them: which bytes come next
 * in each direction. The least recently used one is forgotten when there are too many; its next
 * message starts a new connection. One thread.
 */
public final class TcpFlows {
  private static final int MAX_FLOWS = 256;

  private final Map<Ends, Flow> flows = new LinkedHashMap<>(4, 0.75f, true);
  private int forgotten;

  /** The ends of a connection, from the side that opened it. */
  private record Ends(long high, long low, long otherHigh, long otherLow, int port, int otherPort) {
    static Ends of(Envelope e) {
      return new Ends(
          e.sourceHigh,
          e.sourceLow,
          e.destinationHigh,
          e.destinationLow,
          e.sourcePort,
          e.destinationPort);
    }

    Ends reversed() {
      return new Ends(otherHigh, otherLow, high, low, otherPort, port);
    }
  }

  /** A direction of a connection: the next byte it sends, and the other direction. */
  static final class Flow {
    int next;
    private Flow other;

    /** The byte it expects of the other side. */
    int acknowledged() {
      return other.next;
    }

    Flow other() {
      return other;
    }
  }

  /** The direction from the source of an envelope to its destination, or null if it is new. */
  Flow find(Envelope envelope) {
    return flows.get(Ends.of(envelope));
  }

  /**
   * A connection that begins.
   *
   * @param first sequence number of its SYN packets
   */
  Flow open(Envelope envelope, int first) {
    Flow flow = set(envelope, first, first);
    if (makeRoom()) {
      forgotten++;
    }
    return flow;
  }

  /**
   * A segment that a file has.
   *
   * @param next the byte behind it
   * @param acknowledged the next byte of the other side
   */
  void see(Envelope envelope, int next, int acknowledged) {
    Flow flow = find(envelope);
    if (flow == null) {
      set(envelope, next, acknowledged);
      makeRoom();
    } else {
      flow.next = next;
    }
  }

  private Flow set(Envelope envelope, int next, int otherNext) {
    Ends ends = Ends.of(envelope);
    Flow flow = new Flow();
    boolean toItself = ends.equals(ends.reversed());
    Flow back = toItself ? flow : new Flow();
    flow.other = back;
    back.other = flow;
    flow.next = next;
    back.next = toItself ? next : otherNext;
    flows.put(ends, flow);
    flows.put(ends.reversed(), back);
    return flow;
  }

  /**
   * Both directions are used together, so the eldest two belong to each other nearly always; where
   * not, a later message only opens its connection anew.
   *
   * @return whether one was forgotten
   */
  private boolean makeRoom() {
    if (flows.size() <= 2 * MAX_FLOWS) {
      return false;
    }
    Iterator<Ends> eldest = flows.keySet().iterator();
    Ends ends = eldest.next();
    eldest.remove();
    flows.remove(ends.reversed());
    return true;
  }

  /** Connections forgotten since the last time that somebody asked. */
  public int takeForgotten() {
    int count = forgotten;
    forgotten = 0;
    return count;
  }

  /** Connections that are known. */
  public int size() {
    return flows.size() / 2;
  }
}
