package io.callscope.capture.live;

import io.callscope.capture.config.SourceException;
import java.sql.Timestamp;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/** An interface that libpcap captures from, its packets handed over as they are. */
final class Pcap4jTap implements Tap, RawPacketListener {
  /** Most packets between two looks at clock and interrupt. */
  private static final int MAX_PACKETS = 1024;

  private final String name;
  private final PcapHandle handle;
  private final int linkType;
  private Listener listener;
  private RuntimeException failure;

  Pcap4jTap(String name, PcapHandle handle) {
    this.name = name;
    this.handle = handle;
    linkType = handle.getDlt().value();
  }

  @Override
  public int linkType() {
    return linkType;
  }

  @Override
  public int read(Listener to) throws SourceException {
    listener = to;
    try {
      int packets = Math.max(0, handle.dispatch(MAX_PACKETS, this));
      if (failure != null) {
        RuntimeException cause = failure;
        failure = null;
        throw cause;
      }
      return packets;
    } catch (PcapNativeException e) {
      throw new SourceException(name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      return 0; // woken
    } catch (NotOpenException e) {
      throw new IllegalStateException(e); // nobody else closes it
    }
  }

  /** Called from native code, which an exception must not reach. */
  @Override
  public void gotPacket(byte[] bytes) {
    try {
      Timestamp time = handle.getTimestamp();
      long nanos = time.getTime() / 1000 * 1_000_000_000 + time.getNanos();
      listener.packet(bytes, 0, bytes.length, handle.getOriginalLength(), nanos);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public Statistics statistics() throws SourceException {
    try {
      PcapStat stat = handle.getStats();
      return new Statistics(
          stat.getNumPacketsReceived(),
          stat.getNumPacketsDropped(),
          stat.getNumPacketsDroppedByIf());
    } catch (PcapNativeException e) {
      throw new SourceException(name + ": " + e.getMessage(), e);
    } catch (NotOpenException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void wake() {
    try {
      handle.breakLoop();
    } catch (NotOpenException e) {
      // It has ended by itself meanwhile.
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
