package io.callscope.capture.ws;

import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchPool;
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
import io.callscope.fuzz.FuzzInput;
import java.util.List;

/** HTTP, upgrades and frames in both directions, with holes: every byte is accounted for. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
public final class WebSocketFuzz {
  private static final int PORT = 8080;
  private static final int SERVER = 1;
  private static final int HOLE = 2;
  private static final int SYN_FLAG = 4;
  private static final int WAIT = 8;

  private final SourceTime time = new SourceTime();
  private final FakeSink sink = new FakeSink();
  private final SipFeed feed =
      new SipFeed("pcap", 1, time, sink, new BatchPool(), new FeedCounters());
  private final Pipeline pipeline;
  private long nanos = CaptureFile.START;
  private final int[] sequences = {1000, 5000};

  private WebSocketFuzz() {
    TcpOptions usual = TcpOptions.DEFAULTS;
    TcpOptions options =
        new TcpOptions(
            usual.gcNanos(),
            usual.reorderNanos(),
            usual.connectionNanos(),
            256,
            4096,
            100,
            1 << 16,
            List.of(PORT));
    DecodeOptions decode = new DecodeOptions(List.of(), options);
    pipeline = new Pipeline(decode, null, new CaptureCounters(), time, feed);
  }

  /** Segments, each: direction and flags, length (2), bytes. */
  public static void fuzzerTestOneInput(byte[] bytes) throws InterruptedException {
    WebSocketFuzz fuzz = new WebSocketFuzz();
    FuzzInput input = new FuzzInput(bytes);
    while (input.hasMore()) {
      int flags = input.uint8();
      fuzz.take(flags, input.take(input.uint16()));
    }
    fuzz.end();
  }

  private void take(int flags, byte[] payload) throws InterruptedException {
    int direction = flags & SERVER;
    int sequence = sequences[direction] + ((flags & HOLE) == 0 ? 0 : 10);
    boolean syn = (flags & SYN_FLAG) != 0;
    sequences[direction] = sequence + payload.length + (syn ? 1 : 0);
    byte[] tcp =
        join(
            direction == 0 ? join(u16(40_000), u16(PORT)) : join(u16(PORT), u16(40_000)),
            u16(sequence >>> 16),
            u16(sequence),
            hex("0000000050"),
            new byte[] {(byte) (syn ? Frames.SYN : Frames.ACK)},
            hex("ffff00000000"),
            payload);
    Packet packet = pipeline.packet();
    packet.bytes = ipv4(6, tcp);
    if (direction == SERVER) {
      System.arraycopy(hex(Frames.DESTINATION4, Frames.SOURCE4), 0, packet.bytes, 12, 8);
    }
    packet.at = 0;
    packet.end = packet.bytes.length;
    packet.cut = false;
    packet.linkType = 101;
    packet.envelope.arrivalNanos = nanos;
    nanos += (flags & WAIT) == 0 ? 1_000_000 : 70_000_000_000L;
    pipeline.handle(nanos, packet.bytes.length);
  }

  private void end() throws InterruptedException {
    pipeline.end();
    feed.end(0);
    assertThat(pipeline.balances()).allMatch(balance -> balance.missing() == 0);
    for (CounterGroup group : pipeline.counterGroups()) {
      for (int i = 0; i < group.definitions().size(); i++) {
        String name = group.definitions().get(i).name();
        assertThat(group.value(i)).as(name).isGreaterThanOrEqualTo(0);
        assertThat(name.equals("tcp_failures") ? group.value(i) : 0).as(name).isZero();
      }
    }
  }

  public static List<byte[]> seeds() {
    String request =
        "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: sip\r\n";
    String reply =
        "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: sip\r\n";
    String deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    byte[] sip = ascii(Frames.invite("r"));
    byte[] unmasked = join(hex("81", "7e"), u16(sip.length), sip);
    byte[] masked = join(hex("81", "fe"), u16(sip.length), hex("00000000"), sip);
    byte[] pieces = join(hex("0105"), ascii("INVIT"), hex("890568656c6c6f", "8001"), ascii("E"));
    byte[] packed = hex("c107", "f248cdc9c90700"); // the "Hello" of RFC 7692 §7.2.3.1
    return List.of(
        join(segment(0, request + "\r\n"), segment(1, reply + "\r\n"), segment(1, unmasked)),
        join(segment(0, request + "\r\n"), segment(1, reply + "\r\n"), segment(0, masked)),
        join(segment(1, reply + deflate + "\r\n"), segment(1, packed), segment(1, packed)),
        join(segment(1, reply + "\r\n"), segment(1, pieces), segment(3, unmasked)),
        join(segment(0, masked), segment(2, masked), segment(8, masked)),
        segment(0, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        join(segment(4, ""), segment(1, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")));
  }

  private static byte[] segment(int flags, String payload) {
    return segment(flags, ascii(payload));
  }

  private static byte[] segment(int flags, byte[] payload) {
    return join(new byte[] {(byte) flags}, u16(payload.length), payload);
  }
}
