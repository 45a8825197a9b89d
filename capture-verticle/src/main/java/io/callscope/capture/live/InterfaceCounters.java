package io.callscope.capture.live;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** Group {@code pcap.<interface>}. Written by the source's thread. */
final class InterfaceCounters {
  private final CounterGroup.Builder builder;
  final int packets;
  final int bytes;
  final int received;
  final int dropped;
  final int interfaceDropped;
  final int badTimes;
  final int downs;
  final int reopened;
  final int readErrors;
  final int clockSetBack;
  private final int blind;
  private final CounterGroup group;

  private Tap.Statistics before = Tap.Statistics.NONE;

  InterfaceCounters(String name) {
    builder = new CounterGroup.Builder("pcap." + name.replace('.', '_'));
    packets = builder.add("packets", "packets read");
    bytes = builder.add("bytes", "bytes of them on the wire");
    received =
        builder.add("recvd", "packets the kernel took for us; on a loopback it counts each twice");
    dropped = builder.add("drop", "packets the kernel dropped because its buffer was full");
    interfaceDropped = builder.add("if_drop", "packets the interface or its driver dropped");
    badTimes = builder.add("bad_times", "packets with an absurd capture time");
    downs = builder.add("downs", "times the interface went down");
    reopened = builder.add("reopened", "times it was opened again");
    readErrors = builder.add("read_errs", "reads that failed");
    clockSetBack = builder.add("clock_set_back", "times the machine's clock was set back");
    blind = builder.add("blind", CounterKind.GAUGE, "1 while nothing can be captured on it");
    group = builder.build();
  }

  CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  /** The interface is down, away or unreadable, or it is not. */
  void blind(boolean is) {
    group.set(blind, is ? 1 : 0);
  }

  void packet(int originalLength) {
    group.increment(packets);
    group.add(bytes, originalLength);
  }

  /**
   * @return whether more was dropped than by the statistics before
   */
  boolean statistics(Tap.Statistics now) {
    long lost = more(before.dropped(), now.dropped());
    long lostByInterface = more(before.interfaceDropped(), now.interfaceDropped());
    group.add(received, more(before.received(), now.received()));
    group.add(dropped, lost);
    group.add(interfaceDropped, lostByInterface);
    before = now;
    return lost + lostByInterface > 0;
  }

  /** Of counters of 32 bits, which begin anew after 4.29 billion; one may have been set back. */
  private static long more(long before, long now) {
    return Math.max(0, (int) (now - before));
  }

  /** The kernel counts from 0 again with the next tap. */
  void closed() {
    before = Tap.Statistics.NONE;
  }
}
