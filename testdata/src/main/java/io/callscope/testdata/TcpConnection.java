package io.callscope.testdata;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One TCP connection: cuts messages into segments, holds tails back, reorders and repeats. */
final class TcpConnection {
  private static final int HEADER_BYTES = 20;
  private static final int WINDOW = 64_240;
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int PUSH = 8;
  private static final int ACK = 16;
  private static final long SEGMENT_NANOS = 15_000;
  private static final long HANDSHAKE_NANOS = 20_000;
  private static final int LONGEST_HELD_BYTES = 3_000;
  private static final byte[] KEEP_ALIVE = Bytes.ascii("\r\n\r\n");

  private final Options options;
  private final Frames frames;
  private final SplittableRandom random;
  private final Hop hop;
  private final Bytes segment = new Bytes(Frames.HEADROOM, 2048);
  private final Side toServer;
  private final Side toClient;
  private final WebSocketFrames webSocket;
  private boolean open;
  private long lastNanos;

  /** One direction. */
  private static final class Side {
    final Bytes pending = new Bytes(0, 2048);
    int sequence;
    boolean used;

    Side(int sequence) {
      this.sequence = sequence;
    }
  }

  TcpConnection(Options options, Frames frames, SplittableRandom random, Hop hop) {
    this.options = options;
    this.frames = frames;
    this.random = random;
    this.hop = hop;
    this.toServer = new Side(random.nextInt());
    this.toClient = new Side(random.nextInt());
    webSocket = options.webSocket ? new WebSocketFrames(random, options.packing) : null;
  }

  /** The time of its last segment. */
  long lastNanos() {
    return lastNanos;
  }

  /** Sends a message; true if its tail is held back until the next one or a release. */
  boolean send(long nanos, boolean towardsClient, byte[] bytes, int from, int length)
      throws IOException {
    if (!open) {
      connect(nanos);
    }
    lastNanos = Math.max(nanos, lastNanos + 10_000);
    Bytes pending = side(towardsClient).pending;
    if (pending.length() == 0 && random.nextDouble() < options.keepAlives) {
      put(pending, towardsClient, KEEP_ALIVE, 0, KEEP_ALIVE.length);
      frames.count(NetworkCount.TCP_KEEPALIVES);
    }
    put(pending, towardsClient, bytes, from, length);
    boolean hold = random.nextDouble() < options.coalesce && pending.length() < LONGEST_HELD_BYTES;
    if (hold) {
      frames.count(NetworkCount.TCP_COALESCED_MESSAGES);
    }
    transmit(towardsClient, hold ? random.nextInt(1, pending.length()) : pending.length());
    return hold;
  }

  private void put(Bytes to, boolean towardsClient, byte[] bytes, int from, int length) {
    if (webSocket == null) {
      to.put(bytes, from, length);
    } else {
      webSocket.put(to, towardsClient, bytes, from, length);
    }
  }

  private void upgrade() throws IOException {
    toServer.pending.put(webSocket.request());
    transmit(false, toServer.pending.length());
    lastNanos += HANDSHAKE_NANOS;
    toClient.pending.put(webSocket.reply());
    transmit(true, toClient.pending.length());
    lastNanos += HANDSHAKE_NANOS;
  }

  /** Sends what is held back. */
  void release(long nanos, boolean towardsClient) throws IOException {
    Bytes pending = side(towardsClient).pending;
    if (pending.length() > 0) {
      lastNanos = Math.max(nanos, lastNanos + 10_000);
      transmit(towardsClient, pending.length());
    }
  }

  void close(long nanos) throws IOException {
    lastNanos = Math.max(nanos, lastNanos + 100_000);
    control(false, FIN | ACK);
    toServer.sequence++;
    control(true, FIN | ACK);
    toClient.sequence++;
    control(false, ACK);
  }

  private Side side(boolean towardsClient) {
    return towardsClient ? toClient : toServer;
  }

  private void connect(long nanos) throws IOException {
    open = true;
    frames.count(NetworkCount.TCP_CONNECTIONS);
    lastNanos = nanos;
    if (random.nextDouble() < options.lostSyn) {
      frames.count(NetworkCount.TCP_LOST_HANDSHAKES);
      return;
    }
    toServer.used = true;
    toClient.used = true;
    control(false, SYN);
    toServer.sequence++;
    control(true, SYN | ACK);
    toClient.sequence++;
    control(false, ACK);
    if (webSocket != null) {
      upgrade();
    }
  }

  private void control(boolean towardsClient, int flags) throws IOException {
    Side side = side(towardsClient);
    segment(towardsClient, flags, side.sequence, 0, 0);
    lastNanos += HANDSHAKE_NANOS;
  }

  /** Sends the first {@code length} pending bytes of a direction. */
  private void transmit(boolean towardsClient, int length) throws IOException {
    Side side = side(towardsClient);
    int[] cuts = cuts(length);
    int parts = cuts.length - 1;
    int swapped = -1;
    // where the handshake was not seen, the first segment tells where the stream starts
    if (parts > 1 && side.used && random.nextDouble() < options.reorder * 4) {
      swapped = random.nextInt(parts - 1);
      frames.count(NetworkCount.TCP_REORDERED);
    }
    for (int i = 0; i < parts; i++) {
      int part = i == swapped ? i + 1 : i == swapped + 1 && swapped >= 0 ? i - 1 : i;
      data(towardsClient, cuts[part], cuts[part + 1]);
    }
    if (random.nextDouble() < options.retransmit) {
      int part = random.nextInt(parts);
      int from = cuts[part];
      boolean whole = random.nextBoolean();
      data(towardsClient, whole ? from : random.nextInt(from, cuts[part + 1]), cuts[part + 1]);
      frames.count(NetworkCount.TCP_RETRANSMITTED);
    }
    side.used = true;
    side.sequence += length;
    side.pending.start += length;
    if (side.pending.length() == 0) {
      side.pending.clear();
    } else {
      byte[] rest = side.pending.copy();
      side.pending.clear().put(rest);
    }
    control(!towardsClient, ACK);
  }

  /** Where segments begin and end: at the largest segment size, at times at random places too. */
  private int[] cuts(int length) {
    int[] cuts = new int[length / options.mss + 6];
    int count = 0;
    for (int at = 0; at < length; at += options.mss) {
      cuts[count++] = at;
    }
    if (length > 1 && random.nextDouble() < options.split) {
      frames.count(NetworkCount.TCP_SPLIT_MESSAGES);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        cuts[count++] = random.nextInt(1, length);
      }
    }
    cuts[count++] = length;
    Arrays.sort(cuts, 0, count);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
      if (cuts[i] != cuts[distinct - 1]) {
        cuts[distinct++] = cuts[i];
      }
    }
    return Arrays.copyOf(cuts, distinct);
  }

  private void data(boolean towardsClient, int from, int to) throws IOException {
    Side side = side(towardsClient);
    segment(towardsClient, ACK | PUSH, side.sequence + from, side.pending.start + from, to - from);
    frames.count(NetworkCount.TCP_SEGMENTS);
    lastNanos += SEGMENT_NANOS;
  }

  private void segment(boolean towardsClient, int flags, int sequence, int from, int length)
      throws IOException {
    Side side = side(towardsClient);
    segment.clear().put(side.pending.array, from, length);
    segment.prepend(HEADER_BYTES);
    int serverPort = hop.server().port();
    segment.set16(0, towardsClient ? serverPort : hop.clientPort());
    segment.set16(2, towardsClient ? hop.clientPort() : serverPort);
    segment.set32(4, sequence);
    segment.set32(8, (flags & ACK) == 0 ? 0 : side(!towardsClient).sequence);
    segment.set16(12, (HEADER_BYTES / 4) << 12 | flags);
    segment.set16(14, WINDOW);
    segment.set32(16, 0);
    byte[] client = hop.client().address();
    byte[] server = hop.server().address();
    byte[] source = towardsClient ? server : client;
    byte[] target = towardsClient ? client : server;
    int total = segment.length();
    long sum = Frames.pseudoHeader(source, target, Frames.TCP, total);
    segment.set16(16, Checksum.of(Checksum.add(sum, segment.array, segment.start, total)));
    frames.send(lastNanos, source, target, Frames.TCP, segment);
  }
}
