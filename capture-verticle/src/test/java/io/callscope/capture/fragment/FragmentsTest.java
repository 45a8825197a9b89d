package io.callscope.capture.fragment;

import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.ipv6;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static io.callscope.capture.packet.Frames.udp;
import static io.callscope.capture.packet.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.decode.PacketDecoder;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Frames;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.Balance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentsTest {
  private static final int PORT = 4789;

  private final CaptureCounters counters = new CaptureCounters();
  private final PacketDecoder decoder =
      new PacketDecoder(counters, new DecodeOptions(List.of(PORT), TcpOptions.DEFAULTS), null);
  private final Packet packet = new Packet();
  private long nowNanos = 1_704_067_200_000_000_000L;

  @AfterEach
  void everythingIsAccountedFor() {
    decoder.end();
    for (Balance balance : counters.balances()) {
      assertThat(balance.stage().equals("datagrams") ? 0 : balance.missing())
          .as(balance.toString())
          .isZero();
    }
    assertThat(counters.balances().get(1).dropped()).containsEntry("frag_waiting", 0L);
  }

  private Verdict decode(byte[] bytes) {
    packet.bytes = bytes;
    packet.at = 0;
    packet.end = bytes.length;
    packet.cut = false;
    packet.linkType = 101;
    packet.envelope.captureNanos = nowNanos;
    counters.packet(bytes.length);
    return decoder.decode(packet);
  }

  private byte[] payload() {
    return Arrays.copyOfRange(packet.bytes, packet.at, packet.end);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A piece of a datagram; the offset is in bytes. */
  private static byte[] piece4(int id, byte[] datagram, int from, int to) {
    byte[] part = Arrays.copyOfRange(datagram, from, to);
    byte[] bytes = ipv4(17, (to < datagram.length ? 0x2000 : 0) | from / 8, "", part);
    bytes[4] = (byte) (id >>> 8);
    bytes[5] = (byte) id;
    return bytes;
  }

  private static byte[] piece6(int id, byte[] datagram, int from, int to) {
    byte[] part = Arrays.copyOfRange(datagram, from, to);
    return ipv6(
        44,
        join(
            hex("1100"),
            u16(from | (to < datagram.length ? 1 : 0)),
            u16(id >>> 16),
            u16(id),
            part));
  }

  private static List<byte[]> pieces(boolean ipv6, int id, byte[] datagram, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < datagram.length; at += size) {
      int to = Math.min(at + size, datagram.length);
      pieces.add(ipv6 ? piece6(id, datagram, at, to) : piece4(id, datagram, at, to));
    }
    return pieces;
  }

  @ParameterizedTest
  @CsvSource({
    "false, 100, 56", "false, 3000, 1480", "false, 3001, 8", "false, 65500, 1480",
    "true, 100, 56", "true, 3000, 1448", "true, 3001, 8", "true, 65500, 1448",
  })
  void arePutTogetherInAnyOrder(boolean ipv6, int length, int size) {
    byte[] payload = random(length);
    byte[] datagram = udp(payload);
    for (int seed = 0; seed < 20; seed++) {
      List<byte[]> pieces = pieces(ipv6, seed, datagram, size);
      Collections.shuffle(pieces, new Random(seed));
      for (int i = 0; i < pieces.size() - 1; i++) {
        assertThat(decode(pieces.get(i))).isEqualTo(Verdict.FRAGMENT);
      }
      assertThat(decode(pieces.get(pieces.size() - 1))).isEqualTo(Verdict.UDP);
      assertThat(payload()).isEqualTo(payload);
      assertThat(packet.envelope.destinationPort).isEqualTo(5070);
    }
    assertThat(counters.value(ipv6 ? counters.ip6Defrag : counters.ip4Defrag)).isEqualTo(20);
    assertThat(counters.value(counters.udp)).isEqualTo(20);
  }

  @Test
  void ofSeveralDatagramsAreKeptApart() {
    byte[] one = udp(random(200));
    byte[] two = udp(random(201));
    decode(piece4(1, one, 0, 104));
    decode(piece4(2, two, 0, 104));
    byte[] other = piece4(1, one, 104, one.length);
    other[15] = 9;
    assertThat(decode(other)).as("of another source").isEqualTo(Verdict.FRAGMENT);
    byte[] tcp = piece4(1, one, 104, one.length);
    tcp[9] = 6;
    assertThat(decode(tcp)).as("of another protocol").isEqualTo(Verdict.FRAGMENT);
    assertThat(decode(piece4(2, two, 104, two.length))).isEqualTo(Verdict.UDP);
    assertThat(payload()).isEqualTo(random(201));
    assertThat(decode(piece4(1, one, 104, one.length))).isEqualTo(Verdict.UDP);
    assertThat(payload()).isEqualTo(random(200));
  }

  @Test
  void whatComesTwiceCountsOnceAndTheFirstBytesCount() {
    byte[] payload = random(300);
    byte[] datagram = udp(payload);
    byte[] forged = datagram.clone();
    Arrays.fill(forged, 64, 200, (byte) 'x');
    decode(piece4(1, datagram, 0, 160));
    decode(piece4(1, datagram, 0, 160));
    decode(piece4(1, forged, 64, 160));
    assertThat(counters.value(counters.fragDuplicates)).isEqualTo(2);
    decode(piece4(1, datagram, 96, 240));
    assertThat(counters.value(counters.fragOverlaps)).isEqualTo(1);

    assertThat(decode(piece4(1, datagram, 240, datagram.length))).isEqualTo(Verdict.UDP);
    assertThat(payload()).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thatAllComeTwiceSinceTheyWereSeenAtTwoPlacesAreNoLoss(boolean ipv6) {
    byte[] payload = random(4000);
    for (int id = 0; id < 3 * Fragments.MAX_DATAGRAMS; id++) {
      int whole = 0;
      for (byte[] piece : pieces(ipv6, id, udp(payload), 1448)) {
        whole += decode(piece) == Verdict.UDP ? 1 : 0;
        whole += decode(piece.clone()) == Verdict.UDP ? 1 : 0;
      }
      assertThat(whole).isEqualTo(1);
      nowNanos += 1_000_000;
    }
    decoder.end();
    assertThat(counters.value(counters.fragDuplicates)).isEqualTo(9 * Fragments.MAX_DATAGRAMS);
    assertThat(counters.value(counters.fragTimeouts)).isZero();
    assertThat(counters.value(counters.fragEvicted)).isZero();
  }

  @Test
  void ofADatagramThatComesAgainAsAWholeArePutTogetherAgain() {
    byte[] payload = random(300);
    for (int times = 0; times < 2; times++) {
      decode(piece4(1, udp(payload), 160, 308));
      assertThat(decode(piece4(1, udp(payload), 0, 160))).isEqualTo(Verdict.UDP);
      assertThat(payload()).isEqualTo(payload);
    }
  }

  @Test
  void behindADatagramOfTheSameNumberLongAgoAreMissedWhenTheOthersDoNotCome() {
    byte[] datagram = udp(random(300));
    decode(piece4(1, datagram, 0, 160));
    decode(piece4(1, datagram, 160, datagram.length));
    nowNanos += Fragments.MAX_AGE_NANOS + 1;
    decode(piece4(1, datagram, 0, 160));
    decoder.end();
    assertThat(counters.value(counters.fragTimeouts)).isEqualTo(1);
  }

  @Test
  void thatContradictEachOtherAreRefused() {
    byte[] datagram = udp(random(300));
    decode(piece4(1, datagram, 0, 160));
    decode(piece4(1, datagram, 160, datagram.length));
    assertThat(counters.value(counters.udp)).isEqualTo(1);

    decode(piece4(2, datagram, 160, datagram.length));
    decode(piece4(2, Arrays.copyOf(datagram, 400), 160, 400));
    decode(piece4(2, Arrays.copyOf(datagram, 500), 320, 400));
    byte[] odd = ipv4(17, 0x2000, "", new byte[13]);
    decode(odd);
    decode(ipv4(17, 0x2001, "", new byte[0]));
    decode(ipv4(17, 0x1fff, "", new byte[100]));
    assertThat(counters.value(counters.fragMalformed)).isEqualTo(5);
    decode(piece4(3, datagram, 160, 240));
    decode(piece4(3, Arrays.copyOf(datagram, 200), 160, 200));
    assertThat(counters.value(counters.fragMalformed))
        .as("an end before what is there")
        .isEqualTo(6);
  }

  @Test
  void areGivenUpAfterFiveSecondsOfCaptureTime() {
    byte[] datagram = udp(random(300));
    decode(piece4(1, datagram, 0, 160));
    nowNanos += Fragments.MAX_AGE_NANOS;
    decode(piece4(2, datagram, 0, 160));
    assertThat(counters.value(counters.fragTimeouts)).isZero();
    nowNanos++;
    assertThat(decode(piece4(1, datagram, 160, datagram.length))).isEqualTo(Verdict.FRAGMENT);
    assertThat(counters.value(counters.fragTimeouts)).isEqualTo(1);
    assertThat(decode(piece4(2, datagram, 160, datagram.length))).isEqualTo(Verdict.UDP);
  }

  @Test
  void areBoundedInNumber() {
    byte[] datagram = udp(random(300));
    for (int id = 0; id < 2 * Fragments.MAX_DATAGRAMS; id++) {
      decode(piece4(id, datagram, 0, 160));
    }

    assertThat(counters.value(counters.fragEvicted)).isEqualTo(Fragments.MAX_DATAGRAMS);
    assertThat(decode(piece4(2 * Fragments.MAX_DATAGRAMS - 1, datagram, 160, datagram.length)))
        .isEqualTo(Verdict.UDP);
    assertThat(decode(piece4(1, datagram, 160, datagram.length))).isEqualTo(Verdict.FRAGMENT);
  }

  @Test
  void areBoundedInBytes() {
    byte[] end = piece4(1, new byte[65_000], 64_000, 64_800);
    for (int id = 0; id < 2000; id++) {
      end[4] = (byte) (id >>> 8);
      end[5] = (byte) id;
      decode(end);
    }

    long waiting = 2000 - counters.value(counters.fragEvicted);
    // A bit for each eight bytes, and the objects around them.
    assertThat(waiting).isEqualTo(Fragments.MAX_BYTES / (65_536 + 1024 + 256));
  }

  @Test
  void inAFloodOfOthersThatNeverBecomeWholeAreStillPutTogether() {
    byte[] payload = random(2000);
    for (int i = 0; i < 200; i++) {
      List<byte[]> good = pieces(false, 60_000 + i, udp(payload), 1480);
      assertThat(decode(good.get(0))).isEqualTo(Verdict.FRAGMENT);
      for (int id = 0; id < 1000; id++) {
        decode(piece4(id * 37 + i, new byte[100], 0, 80));
      }
      assertThat(decode(good.get(1))).isEqualTo(Verdict.UDP);
      assertThat(payload()).isEqualTo(payload);
    }
  }

  @Test
  void thatWereCapturedTooShortAreOfNoUse() {
    byte[] datagram = udp(random(300));
    byte[] piece = piece4(1, datagram, 0, 160);
    packet.bytes = piece;
    packet.at = 0;
    packet.end = 100;
    packet.cut = true;
    packet.linkType = 101;
    counters.packet(piece.length);
    assertThat(decoder.decode(packet)).isEqualTo(Verdict.FRAGMENT);
    assertThat(counters.value(counters.fragCut)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void canBeInsideATunnelAndCarryOne(boolean outer) {
    byte[] payload = random(2000);
    byte[] datagram = udp(payload);
    if (outer) {
      byte[] tunnel = vxlan(PORT, Frames.ethernet(0x0800, ipv4(17, datagram)));
      byte[] carried = Arrays.copyOfRange(tunnel, 20, tunnel.length);
      assertThat(decode(piece4(7, carried, 0, 1400))).isEqualTo(Verdict.FRAGMENT);
      assertThat(decode(piece4(7, carried, 1400, carried.length))).isEqualTo(Verdict.UDP);
    } else {
      byte[] first = Frames.ethernet(0x0800, piece4(1, datagram, 0, 1400));
      byte[] second = Frames.ethernet(0x0800, piece4(1, datagram, 1400, datagram.length));
      assertThat(decode(vxlan(PORT, first))).isEqualTo(Verdict.FRAGMENT);
      assertThat(decode(vxlan(PORT, second))).isEqualTo(Verdict.UDP);
    }
    assertThat(payload()).isEqualTo(payload);
  }
}
