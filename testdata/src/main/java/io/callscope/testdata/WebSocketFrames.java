package io.callscope.testdata;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;

/**
 * Wraps the messages of a connection in WebSocket frames (RFC 6455, RFC 7118), at times in several
 * with a ping between them, packed where that was agreed (RFC 7692).
 */
final class WebSocketFrames {
  private static final double FRAGMENTED = 0.2;
  private static final int FIN = 0x80;
  private static final int PACKED = 0x40;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CONTINUATION = 0;
  private static final int PING = 9;
  private static final int TAIL = 4;

  private final SplittableRandom random;
  private final boolean packs;
  private final boolean clientForgets;
  private final boolean serverForgets;
  private final Deflater toServer = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Deflater toClient = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

  /**
   * @param packing share of the connections that agree on packing
   */
  WebSocketFrames(SplittableRandom random, double packing) {
    this.random = random;
    packs = random.nextDouble() < packing;
    clientForgets = packs && random.nextBoolean();
    serverForgets = packs && random.nextBoolean();
  }

  byte[] request() {
    return Bytes.ascii(
        "GET / HTTP/1.1\r\nHost: proxy.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: sip\r\n"
            + (packs ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
            + "\r\n");
  }

  byte[] reply() {
    String agreed =
        "Sec-WebSocket-Extensions: permessage-deflate"
            + (clientForgets ? "; client_no_context_takeover" : "")
            + (serverForgets ? "; server_no_context_takeover" : "")
            + "\r\n";
    return Bytes.ascii(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: sip\r\n"
            + (packs ? agreed : "")
            + "\r\n");
  }

  /** Appends a message as one frame or several. */
  void put(Bytes out, boolean towardsClient, byte[] bytes, int from, int length) {
    byte[] payload = new byte[length];
    System.arraycopy(bytes, from, payload, 0, length);
    int first = random.nextBoolean() ? TEXT : BINARY;
    if (packs) {
      payload = pack(payload, towardsClient);
      first |= PACKED;
    }
    if (payload.length < 3 || random.nextDouble() >= FRAGMENTED) {
      frame(out, towardsClient, FIN | first, payload, 0, payload.length);
      return;
    }
    int cut = random.nextInt(1, payload.length - 1);
    int next = random.nextInt(cut, payload.length);
    frame(out, towardsClient, first, payload, 0, cut);
    frame(out, towardsClient, FIN | PING, Bytes.ascii("ping"), 0, random.nextInt(5));
    frame(out, towardsClient, CONTINUATION, payload, cut, next - cut);
    frame(out, towardsClient, FIN | CONTINUATION, payload, next, payload.length - next);
  }

  private byte[] pack(byte[] payload, boolean towardsClient) {
    Deflater deflater = towardsClient ? toClient : toServer;
    if (towardsClient ? serverForgets : clientForgets) {
      deflater.reset();
    }
    deflater.setInput(payload);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] piece = new byte[2048];
    int size = piece.length;
    while (size == piece.length) {
      size = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      packed.write(piece, 0, size);
    }
    byte[] all = packed.toByteArray();
    return Arrays.copyOf(all, all.length - TAIL);
  }

  private void frame(
      Bytes out, boolean towardsClient, int first, byte[] payload, int from, int length) {
    int mask = towardsClient ? 0 : 0x80;
    out.put(first);
    if (length < 126) {
      out.put(mask | length);
    } else {
      out.put(mask | 126).put(length >>> 8).put(length);
    }
    int key = random.nextInt();
    if (mask != 0) {
      out.put(key >>> 24).put(key >>> 16).put(key >>> 8).put(key);
    }
    for (int i = 0; i < length; i++) {
      int octet = payload[from + i];
      out.put(mask == 0 ? octet : octet ^ (key >>> (24 - (i & 3) * 8)));
    }
  }
}
