package io.callscope.capture.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.ClassLayout;

/** A flood of fragments whose others never come costs what its bound says, and no more. */
class FragmentsFootprintTest {
  @Test
  void whatIsCountedForADatagramIsWhatItTakes() {
    long object = ClassLayout.parseClass(FragmentedDatagram.class).instanceSize();
    long arrays = 2 * ClassLayout.parseInstance(new long[0]).instanceSize();
    long bucket = 2 * Long.BYTES;
    assertThat(object + arrays + bucket).isBetween(100L, (long) FragmentedDatagram.OVERHEAD);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1, 1000000", // the smallest, all at the start
    "1480, 1, 100000",
    "8, 8000, 100000", // the smallest, anywhere: a large buffer for eight bytes
  })
  void isBounded(int size, int offsets, int flood) {
    CaptureCounters counters = new CaptureCounters();
    Fragments fragments = new Fragments(counters);
    Packet packet = new Packet();
    SplittableRandom random = new SplittableRandom(5);
    byte[] bytes = new byte[size];
    for (int i = 0; i < flood; i++) {
      packet.bytes = bytes;
      packet.at = 0;
      packet.end = size;
      packet.moreFragments = true;
      packet.fragmentId = random.nextInt();
      packet.fragmentOffset = 8 * random.nextInt(offsets);
      packet.envelope.sourceLow = random.nextLong();
      fragments.next();
      counters.fragment(false);
      fragments.add(packet);
    }
    assertThat(counters.value(counters.fragEvicted))
        .isGreaterThanOrEqualTo(flood - Fragments.MAX_DATAGRAMS);
    assertThat(fragments.heldBytes()).isBetween(1L << 20, Fragments.MAX_BYTES);
    fragments.end();
    assertThat(fragments.heldBytes()).isZero();
    assertThat(counters.balances().get(1).missing()).isZero();
  }
}
