package io.callscope.capture.live;

import io.callscope.capture.bpf.LibpcapErrors;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.decode.PacketFilter;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Opens an interface with libpcap through pcap4j. */
public final class Pcap4jTaps implements Taps {
  /** The largest IP datagram and what may stand before it. */
  static final int SNAPLEN = 65_535 + 1;

  /** So long the kernel gathers packets at most: events of few packets would be late by more. */
  private static final int LONGEST_DELIVERY_MILLIS = 10;

  /** The pseudo-interface that stands for all. */
  private static final String ANY = "any";

  private final InterfaceInput input;
  private final PacketFilter filter;

  /**
   * @param filter what the kernel is to let through; null for all
   */
  public Pcap4jTaps(InterfaceInput input, PacketFilter filter) {
    this.input = input;
    this.filter = filter;
  }

  @Override
  public Tap open() throws SourceException {
    LibpcapErrors.requireLibpcap("capture from " + input.name());
    PcapHandle handle;
    try {
      handle = activate(TimestampPrecision.NANO);
    } catch (PcapNativeException e) {
      String text = String.valueOf(e.getMessage());
      if (LibpcapErrors.isDown(text)) {
        return null;
      }
      throw LibpcapErrors.ofInterface(input.name(), text, e);
    }
    try {
      if (filter != null) {
        handle.setFilter(filter.kernelExpression(handle.getDlt().value()), BpfCompileMode.OPTIMIZE);
      }
      return new Pcap4jTap(input.name(), handle);
    } catch (PcapNativeException e) {
      handle.close();
      throw new SourceException(input.name() + ": -bpf: " + e.getMessage(), e);
    } catch (NotOpenException e) {
      throw new IllegalStateException(e); // nobody else has it to close
    }
  }

  private PcapHandle activate(TimestampPrecision precision) throws PcapNativeException {
    PcapHandle.Builder builder =
        new PcapHandle.Builder(input.name())
            .snaplen(SNAPLEN)
            .promiscuousMode(PromiscuousMode.PROMISCUOUS)
            .timestampPrecision(precision)
            .timeoutMillis(Math.min(input.readTimeoutMillis(), LONGEST_DELIVERY_MILLIS));
    if (input.readTimeoutMillis() == 0) {
      // Without it a read without limit would wait until the whole buffer is full.
      builder.immediateMode(true);
    }
    if (input.bufferKib() > 0) {
      builder.bufferSize((int) Math.min(Integer.MAX_VALUE, input.bufferKib() * 1024L));
    }
    return builder.build();
  }

  @Override
  public boolean isUp() {
    if (input.name().equals(ANY)) {
      return true;
    }
    try {
      NetworkInterface network = NetworkInterface.getByName(input.name());
      return network != null && network.isUp();
    } catch (SocketException e) {
      return true; // who cannot tell must not cry wolf
    }
  }
}
