package io.callscope.web.server;

/** So many of a kind at a time and no more. Of one thread. */
public final class Limit {
  private final int max;
  private int now;
  private long refused;

  public Limit(int max) {
    this.max = max;
  }

  /** Takes a place, to be given back by {@link #leave}; false if there is none. */
  public boolean tryEnter() {
    if (now >= max) {
      refused++;
      return false;
    }
    now++;
    return true;
  }

  public void leave() {
    now--;
  }

  public int max() {
    return max;
  }

  /** Places taken. */
  public int now() {
    return now;
  }

  /** How often there was no place. */
  public long refused() {
    return refused;
  }
}
