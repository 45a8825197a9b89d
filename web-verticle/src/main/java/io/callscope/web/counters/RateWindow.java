package io.callscope.web.counters;

import java.util.OptionalDouble;

/** Rates of growing totals over the last minute, from one sample a second. One thread. */
public final class RateWindow {
  private static final int SAMPLES = 64;

  private final long[] times = new long[SAMPLES];
  private final long[][] totals = new long[SAMPLES][];
  private long taken;

  /** A total that shrank means that its service began anew, and so does this. */
  void sample(long nanos, long... now) {
    if (taken > 0) {
      long[] before = totals[(int) ((taken - 1) % SAMPLES)];
      for (int i = 0; i < now.length; i++) {
        if (now[i] < before[i]) {
          taken = 0;
        }
      }
    }
    int slot = (int) (taken++ % SAMPLES);
    times[slot] = nanos;
    totals[slot] = now;
  }

  /** Per second over the last {@code seconds}; empty until that much was seen. */
  public OptionalDouble perSecond(int total, int seconds) {
    if (taken <= seconds || seconds >= SAMPLES) {
      return OptionalDouble.empty();
    }
    int last = (int) ((taken - 1) % SAMPLES);
    int first = (int) ((taken - 1 - seconds) % SAMPLES);
    long nanos = times[last] - times[first];
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((totals[last][total] - totals[first][total]) * 1e9 / nanos);
  }
}
