package io.callscope.bench.soak;

import io.callscope.pcap.PacketReader;
import io.callscope.pcap.PcapWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Traffic of all kinds as one capture, paced as it was captured. Calls over UDP, TCP, WebSocket, in
 * fragments and in VXLAN, and registrations.
 */
final class TrafficMix implements Closeable {
  /** Where connections of WebSocket are. */
  static final int WEB_PORT = 5080;

  private static final int SIP_PORT = 5060;
  private static final String CALLS =
      "answered=46,reinvite=10,early=8,cancel=9,reject=10,noanswer=1,options=4,message=1";
  private static final String REGISTRATIONS = "register_unreg=1";

  /** Messages of a dialog of the mix, half of them seen twice. */
  private static final double MESSAGES_A_CALL = 11;

  /** Packets between two looks at the clock. */
  private static final int LOOK_EVERY = 1024;

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Until the compilers of both programs have done most of their work, both may lag. */
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

  // Ethernet, IPv4 without options, TCP.
  private static final int SOURCE_PORT_AT = 34;
  private static final int DESTINATION_PORT_AT = 36;

  private final List<TrafficStream> streams = new ArrayList<>();
  private final PriorityQueue<TrafficStream> byTime =
      new PriorityQueue<>(Comparator.comparingLong(stream -> stream.packet().captureNanos()));
  private final long startNanos;
  private long packets;
  private long bytes;
  private long behindNanos;

  /**
   * @param messagesPerSecond of all kinds together
   */
  TrafficMix(double messagesPerSecond) throws IOException {
    startNanos = System.currentTimeMillis() * 1_000_000;
    double calls = messagesPerSecond / MESSAGES_A_CALL;
    add("udp", 0.45 * calls, "--mix", CALLS, "--noise", "0.01");
    add("tcp", 0.2 * calls, "--mix", CALLS, "--transport", "tcp");
    add("ws", 0.1 * calls, "--mix", CALLS, "--transport", "ws");
    add("fragments", 0.1 * calls, "--mix", CALLS, "--ip", "6", "--mtu", "1280", "--ooo", "0.02");
    add("vxlan", 0.1 * calls, "--mix", CALLS, "--vxlan", "4789");
    add("registrations", 0.05 * calls, "--mix", REGISTRATIONS);
  }

  private void add(String name, double callsPerSecond, String... options) throws IOException {
    TrafficStream stream = new TrafficStream(name, callsPerSecond, startNanos, List.of(options));
    streams.add(stream);
    byTime.add(stream);
  }

  /** Writes the capture for so long. */
  void write(OutputStream to, long seconds) throws IOException, InterruptedException {
    PcapWriter out = PcapWriter.start(to, PcapWriter.LINK_ETHERNET, true);
    long start = System.nanoTime();
    long end = TimeUnit.SECONDS.toNanos(seconds);
    for (long now = 0; now < end; now = System.nanoTime() - start) {
      long written = writeUpTo(out, startNanos + now, start + end);
      out.flush();
      if (now > WARM_UP_NANOS) {
        behindNanos = Math.max(behindNanos, System.nanoTime() - start - written);
      }
      TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
    }
    out.flush();
  }

  /** Not beyond the end: what is far behind by then would take as long again to be written. */
  private long writeUpTo(PcapWriter out, long captureNanos, long endNanos) throws IOException {
    while (byTime.peek().packet().captureNanos() <= captureNanos) {
      if (packets % LOOK_EVERY == 0 && System.nanoTime() >= endNanos) {
        return byTime.peek().packet().captureNanos() - startNanos;
      }
      TrafficStream stream = byTime.poll();
      PacketReader packet = stream.packet();
      byte[] buffer = packet.buffer();
      int at = packet.offset();
      if (stream.name().equals("ws")) {
        movePort(buffer, at + SOURCE_PORT_AT);
        movePort(buffer, at + DESTINATION_PORT_AT);
      }
      out.write(packet.captureNanos(), buffer, at, packet.capturedLength());
      packets++;
      bytes += packet.capturedLength();
      stream.next();
      byTime.add(stream);
    }
    return captureNanos - startNanos;
  }

  private static void movePort(byte[] frame, int at) {
    if (((frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff)) == SIP_PORT) {
      frame[at] = (byte) (WEB_PORT >>> 8);
      frame[at + 1] = (byte) WEB_PORT;
    }
  }

  /** How far it was behind at most, since who reads it made it wait. */
  double behindSeconds() {
    return behindNanos / 1e9;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (TrafficStream stream : streams) {
      stream.close();
    }
  }
}
