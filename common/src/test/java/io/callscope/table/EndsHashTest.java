package io.callscope.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class EndsHashTest {
  private static final int VALUES = 1 << 16;
  private static final int BUCKETS = 1 << 16;
  private static final long LOW = 0xffff_0a00_0000L;

  private final EndsHash hash = new EndsHash();

  /** Of as many values as buckets, chance alone puts eight or nine into the fullest. */
  private static void assertSpread(IntToLongFunction value) {
    int[] lowBits = new int[BUCKETS];
    int[] highBits = new int[BUCKETS];
    int most = 0;
    for (int i = 0; i < VALUES; i++) {
      long hash = value.applyAsLong(i);
      most = Math.max(most, ++lowBits[(int) hash & (BUCKETS - 1)]);
      most = Math.max(most, ++highBits[(int) (hash >>> 48)]);
    }
    assertThat(most).isLessThan(20);
  }

  @Test
  void whatDiffersInAFewBitsSpreads() {
    assertSpread(i -> hash.of(0, LOW + i, 0, LOW, 5060));
    assertSpread(i -> hash.of(0, LOW, 0, LOW + i, 5060));
    assertSpread(i -> hash.of(0, LOW, 0, LOW, (long) i << 16 | 5060));
    assertSpread(i -> hash.of((long) i << 48, 1, 2, 3, 5060));
    assertSpread(i -> hash.of(1, 2, 3, (long) i << 48, 5060));
  }

  @Test
  void whatWasChosenToCancelItselfOutSpreads() {
    assertSpread(i -> hash.of(i * 31L, i, 0, LOW, 5060));
    assertSpread(i -> hash.of(0, LOW ^ i, 0, LOW ^ i, 5060));
    assertSpread(i -> hash.of(0, LOW, i * 31L, i, 5060));
    assertSpread(i -> hash.of((long) i << 48, 1, (long) i << 48, 1, 5060));
  }

  @Test
  void eachTableHasItsOwn() {
    assertThat(hash.of(1, 2, 3, 4, 5)).isEqualTo(hash.of(1, 2, 3, 4, 5));
    assertThat(hash.of(1, 2, 3, 4, 5)).isNotEqualTo(new EndsHash().of(1, 2, 3, 4, 5));
    assertThat(hash.of(1, 2, 3, 4, 5))
        .as("the other direction")
        .isNotEqualTo(hash.of(3, 4, 1, 2, 5));
  }
}
