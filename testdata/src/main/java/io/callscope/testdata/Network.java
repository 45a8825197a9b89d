package io.callscope.testdata;

import io.callscope.pcap.PcapWriter;
import java.io.IOException;
import java.util.SplittableRandom;

/** Sends the messages over UDP or TCP into a capture. */
final class Network implements MessageSink {
  private static final int UDP_HEADER_BYTES = 8;
  private static final int RTP_PAYLOAD_BYTES = 160;

  private final Options options;
  private final SplittableRandom random;
  private final Frames frames;
  private final Noise noise;
  private final TcpConnections connections;
  private final Bytes packet = new Bytes(Frames.HEADROOM, 4096);
  private int rtpSequence;

  /**
   * @param counts one for each {@link NetworkCount}
   */
  Network(PcapWriter pcap, Options options, long[] counts) {
    this.options = options;
    this.random = new SplittableRandom(Random64.of(options.seed, 99));
    this.frames = new Frames(pcap, options, random, counts);
    this.noise = new Noise(random);
    this.connections = new TcpConnections(options, frames, random);
  }

  @Override
  public long message(
      long nanos, Hop hop, boolean towardsClient, byte[] bytes, int from, int length)
      throws IOException {
    if (options.tcp) {
      long arrived = connections.send(nanos, hop, towardsClient, bytes, from, length);
      media(nanos, hop);
      return arrived;
    }
    udp(nanos, hop, towardsClient, bytes, from, length);
    long arrived = Math.max(nanos, frames.lastNanos());
    if (options.noise > 0 && random.nextDouble() < options.noise) {
      byte[] junk = noise.next(bytes, from, length);
      udp(nanos + 10_000, hop, towardsClient, junk, 0, junk.length);
      frames.count(NetworkCount.NOISE);
      if (Noise.isProbe(junk)) {
        frames.count(NetworkCount.NOISE_PROBES);
      }
    }
    media(nanos, hop);
    return arrived;
  }

  /** Ends the connections and what they still hold. */
  void close(long nanos) throws IOException {
    connections.close(nanos);
  }

  private void udp(long nanos, Hop hop, boolean towardsClient, byte[] bytes, int from, int length)
      throws IOException {
    packet.clear().put(bytes, from, length);
    byte[] client = hop.client().address();
    byte[] server = hop.server().address();
    if (towardsClient) {
      datagram(nanos, server, hop.server().port(), client, hop.clientPort());
    } else {
      datagram(nanos, client, hop.clientPort(), server, hop.server().port());
    }
  }

  private void datagram(long nanos, byte[] from, int fromPort, byte[] to, int toPort)
      throws IOException {
    packet.prepend(UDP_HEADER_BYTES);
    int length = packet.length();
    packet.set16(0, fromPort);
    packet.set16(2, toPort);
    packet.set16(4, length);
    packet.set16(6, 0);
    long sum = Frames.pseudoHeader(from, to, Frames.UDP, length);
    int checksum = Checksum.of(Checksum.add(sum, packet.array, packet.start, length));
    packet.set16(6, checksum == 0 ? 0xffff : checksum);
    frames.send(nanos, from, to, Frames.UDP, packet);
  }

  /** G.711 beside the signalling, on other ports. */
  private void media(long nanos, Hop hop) throws IOException {
    for (int i = 0; i < options.rtp; i++) {
      rtpSequence++;
      packet.clear().put(0x80).put(8).put(rtpSequence >>> 8).put(rtpSequence);
      packet.put(new byte[8 + RTP_PAYLOAD_BYTES]);
      packet.set32(4, rtpSequence * RTP_PAYLOAD_BYTES);
      packet.set32(8, hop.id());
      packet.fill(12, RTP_PAYLOAD_BYTES, 0xd5);
      int clientPort = 10_000 + rtpSequence % 10_000 * 2;
      int serverPort = 20_000 + rtpSequence % 9_973 * 2;
      byte[] server = hop.server().address();
      datagram(nanos + (i + 2) * 10_000L, hop.client().address(), clientPort, server, serverPort);
      frames.count(NetworkCount.RTP);
    }
  }
}
