package io.callscope.capture.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.fragment.Fragments;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Frames;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;

/** Decoders of links, IP, fragments and tunnels: in bounds, and each packet is accounted for. */
public final class PacketFuzz {
  private static final int[] LINK_TYPES = {1, 0, 12, 14, 101, 108, 113, 228, 229, 276, 105};
  private static final int MARGIN = 2;
  private static final int CUT = 1;
  private static final int LATER = 2;

  private final CaptureCounters counters = new CaptureCounters();
  private final PacketDecoder decoder =
      new PacketDecoder(counters, new DecodeOptions(List.of(0, 4789), TcpOptions.DEFAULTS), null);
  private final Packet packet = new Packet();
  private long nowNanos = 1_704_067_200_000_000_000L;

  private PacketFuzz() {}

  /** Packets, each: link type, flags, length (2), bytes. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    PacketFuzz fuzz = new PacketFuzz();
    FuzzInput input = new FuzzInput(bytes);
    while (input.hasMore()) {
      int linkType = LINK_TYPES[input.uint8() % LINK_TYPES.length];
      fuzz.decode(linkType, input.uint8(), input.take(input.uint16()));
    }
    fuzz.end();
  }

  private void decode(int linkType, int flags, byte[] frame) {
    packet.bytes = Frames.join(new byte[MARGIN], frame, new byte[MARGIN]);
    packet.at = MARGIN;
    packet.end = MARGIN + frame.length;
    packet.cut = (flags & CUT) != 0;
    packet.missing = 0;
    packet.linkType = linkType;
    packet.envelope.captureNanos = nowNanos;
    nowNanos += (flags & LATER) == 0 ? 1000 : Fragments.MAX_AGE_NANOS / 2 + 1;
    counters.packet(frame.length + (flags & CUT));
    decoder.decode(packet);
    assertThat(packet.at).isBetween(0, packet.end);
    assertThat(packet.end).isLessThanOrEqualTo(packet.bytes.length);
  }

  private void end() {
    decoder.end();
    // What becomes of payloads is no business of the decoders.
    assertThat(counters.balances())
        .allMatch(each -> each.missing() == 0 || Set.of("datagrams", "TCP").contains(each.stage()));
  }

  public static List<byte[]> seeds() {
    return PacketDecoderTest.datagrams()
        .map(packet -> record((int) packet.get()[1], (byte[]) packet.get()[2]))
        .toList();
  }

  private static byte[] record(int linkType, byte[] frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < LINK_TYPES.length; i++) {
      if (LINK_TYPES[i] == linkType) {
        out.write(i);
      }
    }
    out.write(0);
    out.writeBytes(Frames.u16(frame.length));
    out.writeBytes(frame);
    return out.toByteArray();
  }
}
