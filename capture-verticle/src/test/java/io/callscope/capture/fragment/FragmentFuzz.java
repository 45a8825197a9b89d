package io.callscope.capture.fragment;

import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.ipv6;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.decode.PacketDecoder;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.fuzz.FuzzInput;
import java.util.List;
import java.util.Set;

/** Fragments in any order, doubled and overlapping: what is whole is what was sent. */
public final class FragmentFuzz {
  /** Reserved for experiments: nothing looks into it. */
  private static final int PROTOCOL = 253;

  private static final int MORE = 4;
  private static final int IPV6 = 8;
  private static final int LATER = 16;
  private static final int UNIT = 8;

  private final CaptureCounters counters = new CaptureCounters();
  private final PacketDecoder decoder =
      new PacketDecoder(counters, new DecodeOptions(List.of(), TcpOptions.DEFAULTS), null);
  private final Packet packet = new Packet();
  private long nowNanos = 1_704_067_200_000_000_000L;

  private FragmentFuzz() {}

  /** Fragments, each: id and flags, offset in units (2), length. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FragmentFuzz fuzz = new FragmentFuzz();
    FuzzInput input = new FuzzInput(bytes);
    while (input.hasMore()) {
      int flags = input.uint8();
      fuzz.fragment(flags, (input.uint16() & 0x1fff) * UNIT, input.uint8());
    }
    fuzz.decoder.end();
    assertThat(fuzz.counters.balances())
        .allMatch(each -> each.missing() == 0 || Set.of("datagrams", "TCP").contains(each.stage()));
  }

  private void fragment(int flags, int offset, int length) {
    int id = flags & 3;
    int more = (flags & MORE) == 0 ? 0 : 1;
    byte[] part = new byte[more == 0 ? length : length / UNIT * UNIT];
    for (int i = 0; i < part.length; i++) {
      part[i] = content(id, offset + i);
    }
    if ((flags & IPV6) == 0) {
      packet.bytes = ipv4(PROTOCOL, more << 13 | offset / UNIT, "", part);
      packet.bytes[5] = (byte) id;
    } else {
      byte[] header = join(hex("fd00"), u16(offset | more), u16(0), u16(id));
      packet.bytes = ipv6(44, join(header, part));
    }
    packet.at = 0;
    packet.end = packet.bytes.length;
    packet.cut = false;
    packet.missing = 0;
    packet.linkType = 101;
    packet.envelope.captureNanos = nowNanos;
    nowNanos += (flags & LATER) == 0 ? 1000 : Fragments.MAX_AGE_NANOS / 2 + 1;
    counters.packet(packet.bytes.length);
    Verdict verdict = decoder.decode(packet);
    if (verdict == Verdict.OTHER_PROTOCOL) {
      for (int i = packet.at; i < packet.end; i++) {
        assertThat(packet.bytes[i]).as("byte %d", i).isEqualTo(content(id, i - packet.at));
      }
    } else {
      assertThat(verdict).isIn(Verdict.FRAGMENT, Verdict.MALFORMED);
    }
  }

  private static byte content(int id, int at) {
    return (byte) (at * 31 + at / 256 + id * 85);
  }

  public static List<byte[]> seeds() {
    return List.of(
        hex("04000010", "04000210", "00000405"), // three in order
        hex("08000405", "0c000210", "0c000010"), // the other way round, IPv6
        hex("04000020", "04000210", "04000210", "00000608"), // overlaps and a copy
        hex("04000010", "14000210", "10000405", "04000010", "1c000010"), // too late
        hex("041fffff", "001fff20", "041ffff8")); // at the edge
  }
}
