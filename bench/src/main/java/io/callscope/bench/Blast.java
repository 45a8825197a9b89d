package io.callscope.bench;

import io.callscope.pcap.LinkType;
import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * Sends the packets of a capture into an interface, over and over, at an even rate: {@code IFACE
 * FILE RATE SECONDS}; a rate of 0 is as fast as it goes. Prints how many it sent, and the rate it
 * had.
 */
public final class Blast {
  private static final int MAX_PACKETS = 4_000_000;

  /** Sent between two looks at the clock: sleeping for each would cost more than sending. */
  private static final int BURST = 16;

  private Blast() {}

  public static void main(String[] arguments)
      throws IOException, PcapNativeException, NotOpenException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("usage: Blast IFACE FILE RATE SECONDS");
    }
    List<byte[]> packets = packets(arguments[1]);
    double rate = Double.parseDouble(arguments[2]);
    long nanos = (long) (Double.parseDouble(arguments[3]) * TimeUnit.SECONDS.toNanos(1));
    PcapHandle handle = new PcapHandle.Builder(arguments[0]).snaplen(64).build();
    long start = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() - start < nanos) {
      for (int i = 0; i < BURST; i++) {
        handle.sendPacket(packets.get((int) (sent++ % packets.size())));
      }
      long due = rate == 0 ? 0 : start + (long) (sent / rate * 1e9);
      while (rate != 0 && System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    handle.close();
    System.out.println(String.format(Locale.ROOT, "sent %d rate %.0f", sent, sent / seconds));
  }

  private static List<byte[]> packets(String file) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(file)) {
      while (packets.size() < MAX_PACKETS && reader.next()) {
        if (reader.linkType() != LinkType.ETHERNET) {
          throw new IllegalArgumentException(file + ": only Ethernet can be sent");
        }
        int from = reader.offset();
        packets.add(Arrays.copyOfRange(reader.buffer(), from, from + reader.capturedLength()));
      }
    }
    return packets;
  }
}
