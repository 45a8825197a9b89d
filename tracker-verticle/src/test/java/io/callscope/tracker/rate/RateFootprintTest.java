package io.callscope.tracker.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** The size the figures count for an entry is the one HotSpot gives it. */
class RateFootprintTest {
  @Test
  void anEntryIsTheObjectAndItsThreeArrays() {
    long object = ClassLayout.parseClass(RateEntry.class).instanceSize();
    long longs = ClassLayout.parseInstance(new long[RateSettings.SLOTS]).instanceSize();
    long doubles = ClassLayout.parseInstance(new double[RateSettings.SLOTS]).instanceSize();

    assertThat(RateEntry.BYTES).isEqualTo((int) (object + 2 * longs + doubles));
  }
}
