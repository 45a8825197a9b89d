package io.callscope.launcher;

import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.util.Arrays;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/** A program that sends the frames of captures into an interface, once: {@code IFACE FILE...}. */
final class FrameSender {
  private FrameSender() {}

  public static void main(String[] arguments)
      throws IOException, PcapNativeException, NotOpenException {
    PcapHandle handle = new PcapHandle.Builder(arguments[0]).snaplen(64).build();
    for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
      try (PacketReader reader = PacketReader.open(file)) {
        while (reader.next()) {
          int from = reader.offset();
          handle.sendPacket(
              Arrays.copyOfRange(reader.buffer(), from, from + reader.capturedLength()));
        }
      }
    }
    handle.close();
  }
}
