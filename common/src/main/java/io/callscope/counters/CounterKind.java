package io.callscope.counters;

/** How the value of a counter moves, and so what may be made of it. */
public enum CounterKind {
  /** Only grows. */
  COUNTER,

  /** Goes up and down. */
  GAUGE,

  /** A gauge whose largest value is kept. */
  GAUGE_MAX,

  /** A gauge whose smallest and largest values are kept. */
  GAUGE_MIN_MAX,

  /** As {@link #GAUGE_MAX}, but of several instances the largest counts: an age, a duration. */
  GAUGE_LARGEST,

  /** Only the largest value seen is of interest. */
  MAX_ONLY;

  /** Tells how much there is of something now. */
  public boolean isGauge() {
    return this != COUNTER && this != MAX_ONLY;
  }

  public boolean keepsMax() {
    return this == GAUGE_MAX || this == GAUGE_MIN_MAX || this == GAUGE_LARGEST || this == MAX_ONLY;
  }

  public boolean keepsMin() {
    return this == GAUGE_MIN_MAX;
  }

  /** Figures of several instances add up; else the largest of them is that of all. */
  public boolean addsUp() {
    return this != GAUGE_LARGEST && this != MAX_ONLY;
  }
}
