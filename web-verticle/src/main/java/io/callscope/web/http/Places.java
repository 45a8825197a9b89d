package io.callscope.web.http;

/** How many requests may be at work at a time, so that nothing queues without bound. One thread. */
public final class Places {
  private final int most;
  private int taken;

  public Places(int most) {
    this.most = most;
  }

  /** Takes one; false if there is none. */
  public boolean take() {
    if (taken >= most) {
      return false;
    }
    taken++;
    return true;
  }

  public void giveBack() {
    taken--;
  }
}
