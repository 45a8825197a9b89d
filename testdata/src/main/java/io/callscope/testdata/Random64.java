package io.callscope.testdata;

/** Numbers that look random and are the same each time they are asked for. */
final class Random64 {
  private Random64() {}

  static long of(long seed, long number) {
    long x = seed + number * 0x9e37_79b9_7f4a_7c15L;
    x = (x ^ (x >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return x ^ (x >>> 31);
  }
}
