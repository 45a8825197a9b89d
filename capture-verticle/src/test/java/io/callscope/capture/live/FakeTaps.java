package io.callscope.capture.live;

import io.callscope.capture.config.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;

/** An interface that does what it is told, a step a read; after the last it stops who reads. */
final class FakeTaps implements Taps {
  /** What one read or one opening does. */
  interface Step {
    int run(Tap.Listener listener) throws SourceException;
  }

  final Deque<Step> reads = new ArrayDeque<>();
  final Deque<Step> openings = new ArrayDeque<>();
  Tap.Statistics statistics = Tap.Statistics.NONE;
  boolean up = true;
  int opened;
  int closed;
  int woken;

  @Override
  public Tap open() throws SourceException {
    Step step = openings.poll();
    if (step != null && step.run(null) < 0) {
      return null;
    }
    opened++;
    return new FakeTap();
  }

  @Override
  public boolean isUp() {
    return up;
  }

  private final class FakeTap implements Tap {
    @Override
    public int linkType() {
      return 1;
    }

    @Override
    public int read(Listener listener) throws SourceException {
      Step step = reads.poll();
      if (step == null) {
        Thread.currentThread().interrupt();
        return 0;
      }
      return step.run(listener);
    }

    @Override
    public Statistics statistics() {
      return statistics;
    }

    @Override
    public void wake() {
      woken++;
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
