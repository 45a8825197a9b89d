package io.callscope.capture.live;

import io.callscope.counters.CounterGroup;

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
  private final CounterGroup group;

  // Of taps that are closed.
  private Tap.Statistics before = new Tap.Statistics(0, 0, 0);
  private Tap.Statistics now = before;

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
    group = builder.build();
  }

  CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void packet(int originalLength) {
    group.increment(packets);
    group.add(bytes, originalLength);
  }

  /**
   * @return whether more was dropped than by the statistics before
   */
  boolean statistics(Tap.Statistics statistics) {
    boolean lost =
        statistics.dropped() > now.dropped()
            || statistics.interfaceDropped() > now.interfaceDropped();
    now = statistics;
    group.set(received, before.received() + now.received());
    group.set(dropped, before.dropped() + now.dropped());
    group.set(interfaceDropped, before.interfaceDropped() + now.interfaceDropped());
    return lost;
  }

  /** The kernel counts from 0 again with the next tap. */
  void closed() {
    before =
        new Tap.Statistics(
            group.value(received), group.value(dropped), group.value(interfaceDropped));
    now = new Tap.Statistics(0, 0, 0);
  }
}
