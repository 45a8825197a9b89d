package io.callscope.web.figures;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.web.events.EventRingVerticle;
import org.HdrHistogram.Histogram;

/**
 * Makes figures from events as they come: of the last minute by the clock of this process, so that
 * a replay at full speed shows what it replays now. One thread writes, any may read {@link #now}.
 */
public final class EventFigures implements EventRingVerticle.Listener {
  private static final int SLICES = 6;
  private static final int SLICE_SECONDS = 10;
  private static final long MOST_MILLIS = 600_000;

  private final long[] byType = new long[EventType.values().length];
  private final Slice[] slices = new Slice[SLICES];
  private final Histogram minute = histogram();
  private final Talkers talkers = new Talkers();
  private int current;
  private int seconds;
  private volatile Figures now = Figures.NONE;

  private static final class Slice {
    final Histogram delays = histogram();
    long answered;
    long unanswered;

    void reset() {
      delays.reset();
      answered = 0;
      unanswered = 0;
    }
  }

  public EventFigures() {
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new Slice();
    }
  }

  private static Histogram histogram() {
    return new Histogram(1, MOST_MILLIS, 2);
  }

  @Override
  public void onEvent(CallEvent event) {
    byType[event.type().ordinal()]++;
    talkers.count(event);
    Slice slice = slices[current];
    switch (event.type()) {
      case CALL_START -> {
        slice.answered++;
        long delay = event.outcome().pddMillis();
        slice.delays.recordValue(Math.max(0, Math.min(MOST_MILLIS, delay)));
      }
      case CALL_ATTEMPT -> slice.unanswered++;
      default -> {}
    }
  }

  @Override
  public void onSecond() {
    now = figures();
    talkers.onSecond();
    if (++seconds % SLICE_SECONDS == 0) {
      current = (current + 1) % SLICES;
      slices[current].reset();
    }
  }

  private Figures figures() {
    minute.reset();
    long answered = 0;
    long unanswered = 0;
    for (Slice slice : slices) {
      minute.add(slice.delays);
      answered += slice.answered;
      unanswered += slice.unanswered;
    }
    return new Figures(
        byType.clone(),
        answered,
        unanswered,
        percentile(50),
        percentile(95),
        percentile(99),
        talkers.top());
  }

  private long percentile(double percent) {
    return minute.getTotalCount() == 0 ? -1 : minute.getValueAtPercentile(percent);
  }

  /** The figures of the last full second. */
  public Figures now() {
    return now;
  }
}
