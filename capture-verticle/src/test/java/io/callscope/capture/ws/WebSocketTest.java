package io.callscope.capture.ws;

import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.ethernet;
import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.invite;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchPool;
import io.callscope.bus.SipBatch;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.packet.Frames;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.source.FakeSink;
import io.callscope.capture.source.Pipeline;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.net.Transport;
import io.callscope.pcap.LinkType;
import io.callscope.sip.SipMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
class WebSocketTest {
  private static final int PORT = 8080;
  private static final int SYN = 2;
  private static final int ACK = 16;
  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PACKED = 0x40;
  private static final byte[] NOTHING = {};
  private static final String REGISTER = invite("r").replace("INVITE", "REGISTER"); // in CSeq too
  private static final String OK =
      invite("r").replaceFirst("INVITE sip:bob@example.org SIP/2.0", "SIP/2.0 200 OK");
  private static final String REQUEST =
      "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Protocol: chat, SIP\r\n"
          + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  private static final String REPLY =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Protocol: sip\r\n\r\n";

  private final FakeSink sink = new FakeSink();
  private final SourceTime time = new SourceTime();
  private final SipFeed feed =
      new SipFeed("pcap", 1, time, sink, new BatchPool(), new FeedCounters());
  private final Pipeline pipeline;
  private long nanos = CaptureFile.START;
  private int clientSequence = 1000;
  private int serverSequence = 5000;

  WebSocketTest() {
    TcpOptions usual = TcpOptions.DEFAULTS;
    TcpOptions options =
        new TcpOptions(
            usual.gcNanos(),
            usual.reorderNanos(),
            usual.connectionNanos(),
            usual.bufferBytes(),
            usual.maxBufferBytes(),
            100,
            1 << 20,
            List.of(PORT));
    DecodeOptions decode = new DecodeOptions(List.of(), options);
    pipeline = new Pipeline(decode, null, new CaptureCounters(), time, feed);
  }

  private void segment(int from, int to, int sequence, int flags, byte[] payload) {
    byte[] tcp =
        join(
            u16(from),
            u16(to),
            u16(sequence >>> 16),
            u16(sequence),
            hex("00000000", "50"),
            new byte[] {(byte) flags},
            hex("ffff00000000"),
            payload);
    Packet packet = pipeline.packet();
    byte[] ip = ipv4(6, tcp);
    if (from == PORT) {
      System.arraycopy(hex(Frames.DESTINATION4, Frames.SOURCE4), 0, ip, 12, 8);
    }
    packet.bytes = ethernet(0x0800, ip);
    packet.at = 0;
    packet.end = packet.bytes.length;
    packet.cut = false;
    packet.linkType = LinkType.ETHERNET;
    packet.envelope.arrivalNanos = nanos;
    nanos += 1_000_000;
    run(() -> pipeline.handle(nanos, packet.bytes.length));
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private WebSocketTest client(byte[]... parts) {
    byte[] payload = join(parts);
    segment(40_000, PORT, clientSequence, ACK, payload);
    clientSequence += payload.length;
    return this;
  }

  private WebSocketTest server(byte[]... parts) {
    byte[] payload = join(parts);
    segment(PORT, 40_000, serverSequence, ACK, payload);
    serverSequence += payload.length;
    return this;
  }

  private WebSocketTest open() {
    segment(40_000, PORT, clientSequence++, SYN, NOTHING);
    segment(PORT, 40_000, serverSequence++, SYN | ACK, NOTHING);
    return this;
  }

  private WebSocketTest upgraded() {
    return open().client(ascii(REQUEST)).server(ascii(REPLY));
  }

  /** A frame; masked ones come from the client. */
  private static byte[] frame(int first, boolean masked, byte[] payload) {
    int mask = masked ? 0x80 : 0;
    byte[] length =
        payload.length < 126
            ? new byte[] {(byte) (mask | payload.length)}
            : join(new byte[] {(byte) (mask | 126)}, u16(payload.length));
    byte[] key = masked ? hex("0a1b2cff") : NOTHING;
    byte[] body = payload.clone();
    for (int i = 0; masked && i < body.length; i++) {
      body[i] ^= key[i & 3];
    }
    return join(new byte[] {(byte) first}, length, key, body);
  }

  private static byte[] frame(int first, boolean masked, String payload) {
    return frame(first, masked, ascii(payload));
  }

  /** What was found, with the account of all stages checked. */
  private List<String> messages() {
    run(pipeline::end);
    run(() -> feed.end(0));
    assertThat(pipeline.balances()).allMatch(balance -> balance.missing() == 0);
    List<String> messages = new ArrayList<>();
    for (SipBatch batch : sink.batches(0)) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.transport(i)).isEqualTo(Transport.WS);
        SipMessage message = batch.message(i);
        byte[] bytes = message.bytes();
        int from = message.start();
        String text =
            new String(
                Arrays.copyOfRange(bytes, from, from + message.length()),
                StandardCharsets.US_ASCII);
        messages.add(batch.error(i) == 0 ? text : "error " + batch.error(i));
      }
    }
    return messages;
  }

  /** The counters of a group that are not 0. */
  private Map<String, Long> counts(String group) {
    Map<String, Long> counts = new TreeMap<>();
    for (CounterGroup each : pipeline.counterGroups()) {
      for (int i = 0; each.name().equals(group) && i < each.definitions().size(); i++) {
        if (each.value(i) != 0) {
          counts.put(each.definitions().get(i).name(), each.value(i));
        }
      }
    }
    return counts;
  }

  private Map<String, Long> http() {
    return counts("pkt_stats.http");
  }

  private Map<String, Long> ws() {
    return counts("pkt_stats.http.ws");
  }

  @Test
  void a14AnUpgradeAndAMessageEachWay() {
    upgraded().client(frame(FIN | TEXT, true, REGISTER)).server(frame(FIN | TEXT, false, OK));
    assertThat(messages()).containsExactly(REGISTER, OK);
    assertThat(http())
        .containsEntry("upgrade_reqs", 1L)
        .containsEntry("upgrade_ok", 1L)
        .containsEntry("upgrade_ws", 2L)
        .containsEntry("upgrade_sip", 2L)
        .containsEntry("reqs", 1L)
        .containsEntry("http_GET", 1L)
        .containsEntry("http_1XX", 1L)
        .containsEntry("tcp_syn", 2L)
        .doesNotContainKeys("upgrade_err", "parse_errs", "ws_joined", "skipped_bytes");
    assertThat(ws())
        .isEqualTo(
            Map.of(
                "streams", 2L, "sip_streams", 2L, "sip_frames", 2L, "sip_ok", 2L, "messages", 2L));
    assertThat(counts("pkt_stats")).containsEntry("sip_ws", 2L).containsEntry("ws", 6L);
  }

  @Test
  void a15FragmentsWithAPingBetweenThem() {
    upgraded()
        .client(
            frame(TEXT, true, REGISTER.substring(0, 20)),
            frame(FIN | PING, true, "hello"),
            frame(0, true, REGISTER.substring(20, 90)))
        .client(frame(FIN, true, REGISTER.substring(90)));
    assertThat(messages()).containsExactly(REGISTER);
    assertThat(ws())
        .containsEntry("sip_frames", 3L)
        .containsEntry("sip_frag_f", 3L)
        .containsEntry("ctrl_frames", 1L)
        .doesNotContainKey("errs");
  }

  @Test
  void a16LineEndsAreAKeepAlive() {
    upgraded().client(frame(FIN | TEXT, true, "\r\n")).server(frame(FIN | BINARY, false, "\r\nx"));
    assertThat(messages()).isEmpty();
    assertThat(ws()).containsEntry("sip_empty", 1L).containsEntry("sip_tiny", 1L);
  }

  @Test
  void dataInTheSegmentOfTheUpgradeIsReadAtOnce() {
    open()
        .client(ascii(REQUEST))
        .server(ascii(REPLY), frame(FIN | TEXT, false, OK), frame(FIN | PING, false, ""));
    assertThat(messages()).containsExactly(OK);
  }

  @Test
  void anUpgradeWithABodyIsReadBehindIt() {
    String request = REQUEST.replace("Host: x", "Host: x\r\nContent-Length: 5");
    open().client(ascii(request + "hello")).server(ascii(REPLY));
    client(frame(FIN | TEXT, true, REGISTER));
    assertThat(messages()).containsExactly(REGISTER);
    assertThat(http()).containsEntry("body_bytes", 5L);
  }

  @Test
  void aRefusedUpgradeLeavesBothDirectionsHttp() {
    open().client(ascii(REQUEST));
    server(ascii("HTTP/1.1 403 No\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nno!"));
    client(ascii(REQUEST)).server(ascii(REPLY)).client(frame(FIN | TEXT, true, REGISTER));
    assertThat(messages()).containsExactly(REGISTER);
    assertThat(http()).containsEntry("upgrade_err", 1L).containsEntry("upgrade_reqs", 2L);
  }

  @Test
  void bodiesOfAllKindsArePassedOver() {
    open()
        .client(
            ascii(
                "HEAD / HTTP/1.1\r\n\r\n"
                    + "POST /x HTTP/1.1\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n4;x=y\r\nabcd\r\n0\r\nTrailer: 1\r\n\r\n"));
    client(ascii("\r\nPUT /y HTTP/1.1\r\nContent-Length: 7\r\n\r\nSIP/2.0"), ascii(REQUEST));
    server(ascii("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"))
        .server(ascii("HTTP/1.1 204 None\r\n\r\nHTTP/1.1 100 Go on\r\n\r\n"))
        .server(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
        .server(ascii(REPLY), frame(FIN | TEXT, false, OK));
    assertThat(messages()).containsExactly(OK);
    assertThat(http()).containsEntry("body_ok", 2L).containsEntry("parsed_ok", 9L);
  }

  @Test
  void anotherProtocolIsLeftAlone() {
    open().client(ascii(REQUEST)).server(ascii(REPLY.replace("Protocol: sip", "Protocol: chat")));
    client(frame(FIN | TEXT, true, REGISTER)).server(frame(FIN | TEXT, false, OK));
    assertThat(messages()).isEmpty();
    assertThat(ws()).containsEntry("streams", 2L).doesNotContainKey("sip_streams");
  }

  @Test
  void framesAreFoundWhereTheUpgradeWasNotSeen() {
    client(frame(FIN | TEXT, true, REGISTER)).server(frame(FIN | PING, false, "x"));
    server(frame(FIN | TEXT, false, OK)).client(frame(FIN | CLOSE, true, ""));
    assertThat(messages()).containsExactly(REGISTER, OK);
    assertThat(http()).containsEntry("ws_joined", 2L).containsEntry("tcp_recovered", 2L);
    assertThat(ws()).containsEntry("ctrl_frames", 2L);
  }

  @Test
  void aStreamJoinedWithinAFrameGoesOnWithTheNextOneThatStartsASegment() {
    byte[] first = frame(FIN | TEXT, true, REGISTER);
    client(Arrays.copyOfRange(first, 60, first.length), frame(FIN | TEXT, true, OK));
    client(frame(FIN | TEXT, true, REGISTER), frame(FIN | TEXT, true, OK));
    assertThat(messages()).containsExactly(REGISTER, OK);
  }

  @Test
  void aHoleWithinAFrameCostsThatMessage() {
    upgraded();
    byte[] lost = frame(FIN | TEXT, true, REGISTER);
    client(Arrays.copyOf(lost, 30));
    clientSequence += 100;
    client(Arrays.copyOfRange(lost, 130, lost.length), frame(FIN | TEXT, true, OK));
    assertThat(messages()).containsExactly(OK);
    assertThat(ws()).containsEntry("lost", 1L);
    assertThat(http()).containsEntry("tcp_recovered", 1L).doesNotContainKey("ws_joined");
  }

  @Test
  void aHoleOverAFrameIsFollowedByTheNextSegmentThatStartsOne() {
    upgraded().client(Arrays.copyOf(frame(FIN | TEXT, true, REGISTER), 30));
    clientSequence += 5000;
    client(frame(FIN | TEXT, true, OK));
    assertThat(messages()).containsExactly(OK);
    assertThat(http()).containsEntry("ws_joined", 1L).containsEntry("tcp_recovered", 1L);
  }

  /** Packs messages of one direction as RFC 7692 says. */
  private static final class Packer {
    private final Deflater deflater = new Deflater(9, true);
    private final boolean forgets;

    Packer(boolean forgets) {
      this.forgets = forgets;
    }

    byte[] pack(byte[] message) {
      if (forgets) {
        deflater.reset();
      }
      deflater.setInput(message);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[100_000];
      int size = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      out.write(piece, 0, size);
      return Arrays.copyOf(out.toByteArray(), size - 4);
    }

    byte[] pack(String message) {
      return pack(ascii(message));
    }
  }

  @Test
  void packedMessagesReferToThoseBefore() {
    Packer up = new Packer(false);
    Packer down = new Packer(true);
    open().client(ascii(REQUEST));
    server(
        ascii(
            REPLY.replace(
                "Protocol: sip",
                "Protocol: sip\r\nSec-WebSocket-Extensions: permessage-deflate; "
                    + "server_no_context_takeover; server_max_window_bits=10")));
    byte[] second = NOTHING;
    for (int i = 0; i < 3; i++) {
      second = up.pack(REGISTER);
      client(frame(FIN | PACKED | TEXT, true, second));
      server(frame(FIN | PACKED | TEXT, false, down.pack(OK)));
    }
    assertThat(second).hasSizeLessThan(30);
    byte[] packed = up.pack(OK);
    client(
        frame(PACKED | TEXT, true, Arrays.copyOf(packed, 5)),
        frame(FIN | PING, true, "x"),
        frame(FIN, true, Arrays.copyOfRange(packed, 5, packed.length)));
    client(frame(FIN | TEXT, true, REGISTER)); // not all need be packed
    assertThat(messages()).containsExactly(REGISTER, OK, REGISTER, OK, REGISTER, OK, OK, REGISTER);
    assertThat(ws()).containsEntry("sip_comp_f", 7L).doesNotContainKey("sip_comp_err");
  }

  @Test
  void whatRefersToAMessageThatWasNotSeenIsCounted() {
    Packer packer = new Packer(false);
    packer.pack(REGISTER);
    client(frame(FIN | PACKED | TEXT, true, packer.pack(REGISTER)));
    assertThat(messages()).isEmpty();
    assertThat(ws()).containsEntry("sip_comp_err", 1L);
  }

  @Test
  void aBombIsNotUnpackedAndTheStreamGoesOn() {
    upgraded();
    byte[] bomb = new Packer(true).pack(new byte[8_000_000]);
    assertThat(bomb).hasSizeLessThan(16_384);
    client(frame(FIN | PACKED | TEXT, true, bomb));
    client(frame(FIN | PACKED | TEXT, true, new Packer(true).pack(REGISTER)));
    assertThat(messages()).containsExactly(REGISTER);
    assertThat(ws()).containsEntry("huge_packets", 1L);
  }

  @Test
  void aMessageThatFitsNoBufferIsDropped() {
    upgraded();
    client(frame(FIN | TEXT, true, invite("x", 20_000, "y".repeat(20_000))));
    client(frame(FIN | TEXT, true, REGISTER));
    assertThat(messages()).containsExactly(REGISTER);
    assertThat(ws()).containsEntry("huge_packets", 1L);
  }

  @Test
  void framesThatBreakTheRulesAreCounted() {
    upgraded();
    client(frame(FIN, true, "no message")) // continues nothing
        .client(frame(TEXT, true, REGISTER.substring(0, 50))) // is never finished
        .client(frame(FIN | TEXT, true, OK))
        .client(new byte[] {(byte) (FIN | 0x30 | TEXT), 5, 1, 2, 3, 4, 5}) // reserved bits
        .client(frame(FIN | TEXT, true, REGISTER));
    assertThat(messages()).containsExactly(OK, REGISTER);
    assertThat(ws()).containsEntry("errs", 3L).containsEntry("lost", 1L);
  }

  @Test
  void aLengthThatLiesHoldsNoMemory() {
    upgraded();
    client(hex("817f", "7fffffffffffffff"), ascii("x".repeat(3000)));
    client(ascii("y".repeat(20_000)));
    assertThat(messages()).isEmpty();
    assertThat(ws()).containsEntry("lost", 1L);
  }

  @Test
  void aMessageThatDoesNotParseRaisesAnEventOfItsOwn() {
    upgraded().client(frame(FIN | TEXT, true, "INVITE what is this\r\n\r\n"));
    client(frame(FIN | TEXT, true, REGISTER));
    assertThat(messages()).containsExactly("error 6", REGISTER);
    assertThat(ws()).containsEntry("sip_err", 1L).containsEntry("sip_p_err_6", 1L);
    assertThat(counts("pkt_stats")).containsEntry("parse_errs_ws", 1L);
  }

  @Test
  void tlsIsCountedAndLeftAlone() {
    open().client(hex("160301020001000102030405")).client(ascii("more"));
    assertThat(messages()).isEmpty();
    assertThat(counts("pkt_stats")).containsEntry("tls", 1L);
    assertThat(http()).containsEntry("tcp_ign", 1L).containsEntry("foreign_bytes", 12L);
  }

  @Test
  void noBytesBreakItAndAllAreAccountedFor() {
    SplittableRandom random = new SplittableRandom(9);
    Packer packer = new Packer(false);
    byte[][] seeds = {
      ascii(REQUEST),
      ascii(REPLY),
      frame(FIN | TEXT, true, REGISTER),
      frame(TEXT, false, OK),
      frame(FIN, true, OK),
      frame(FIN | PING, true, "x"),
      frame(FIN | PACKED | TEXT, true, packer.pack(REGISTER)),
      ascii("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc\r\n"),
      hex("817f", "0000000000010000")
    };
    open();
    for (int i = 0; i < 30_000; i++) {
      byte[] payload = seeds[random.nextInt(seeds.length)].clone();
      for (int change = random.nextInt(3); change > 0; change--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      int from = random.nextInt(4) == 0 ? random.nextInt(payload.length) : 0;
      byte[] part = Arrays.copyOfRange(payload, from, payload.length);
      if (random.nextInt(200) == 0) {
        open();
      } else if (random.nextBoolean()) {
        client(part);
      } else {
        server(part);
      }
    }
    messages();
    assertThat(http()).containsKeys("parse_errs", "ws_joined").doesNotContainKey("tcp_failures");
    assertThat(ws()).containsKeys("errs", "sip_ok", "sip_comp_err");
  }
}
