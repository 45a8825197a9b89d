package io.callscope.table;

import java.security.SecureRandom;

/**
 * A hash of two addresses and what else tells a conversation from others, other in each table: so
 * that nobody can choose packets that all meet in one chain. Each word meets a secret one before it
 * is multiplied with another, and all 128 bits of the product count; a seed alone would not do,
 * where what it is joined to can be chosen to be the same. Immutable.
 */
public final class EndsHash {
  private final long seed0;
  private final long seed1;
  private final long seed2;
  private final long seed3;
  private final long seed4;
  private final long seed5;

  public EndsHash() {
    SecureRandom random = new SecureRandom();
    seed0 = random.nextLong();
    seed1 = random.nextLong();
    seed2 = random.nextLong();
    seed3 = random.nextLong();
    seed4 = random.nextLong();
    seed5 = random.nextLong();
  }

  /**
   * All bits are well mixed.
   *
   * @param rest for example the ports
   */
  public long of(long aHigh, long aLow, long bHigh, long bLow, long rest) {
    long ends = product(aHigh ^ seed0, aLow ^ seed1) + product(bHigh ^ seed2, bLow ^ seed3);
    return product(ends ^ seed4, rest ^ seed5);
  }

  private static long product(long a, long b) {
    return a * b ^ Math.multiplyHigh(a, b);
  }
}
