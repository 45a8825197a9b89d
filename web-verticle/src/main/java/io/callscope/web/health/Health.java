package io.callscope.web.health;

import io.callscope.counters.CounterTable;
import io.callscope.web.health.Stage.Reason;
import io.callscope.web.health.StageWatch.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether everything that came in was handled or is accounted for: the strip on every page. */
public record Health(State state, String text, List<Stage> stages, List<Hint> hints) {
  /** A loss is news for so long; then it is part of what was, and the next one can be seen. */
  static final long NEWS_NANOS = TimeUnit.HOURS.toNanos(1);

  /** The state of the strip, with its style class. */
  public enum State {
    UNKNOWN("idle"),
    GOOD("ok"),
    LOSS("bad");

    private final String style;

    State(String style) {
      this.style = style;
    }

    public String style() {
      return style;
    }
  }

  /** Rate limits held events back. */
  public boolean isHoldingBack() {
    return hints.stream().anyMatch(Hint::isOfRates);
  }

  /** For those who may not see it. */
  public static Health unseen() {
    return new Health(State.UNKNOWN, "shown after the log-in", List.of(), List.of());
  }

  /**
   * @param verdicts what {@link StageWatch} says of the stages
   */
  public static Health of(CounterTable figures, Map<String, Verdict> verdicts) {
    if (figures.groups().isEmpty()) {
      return new Health(State.UNKNOWN, "no figures from any service yet", List.of(), List.of());
    }
    List<Stage> stages = Stages.of(figures);
    List<String> troubles = InputTroubles.of(figures);
    List<String> past = new ArrayList<>();
    for (Stage stage : stages) {
      Verdict verdict = verdicts.getOrDefault(stage.name(), Verdict.UNKNOWN);
      if (stage.lostTotal() > 0) {
        String loss = stage.name() + " lost " + stage.lostTotal() + " (" + worst(stage) + ")";
        if (verdict.quietNanos() < NEWS_NANOS) {
          troubles.add(loss);
        } else {
          past.add(loss + ", none for " + rounded(verdict.quietNanos()));
        }
      }
      if (verdict.missing() > 0) {
        troubles.add(stage.name() + " cannot account for " + verdict.missing());
      } else if (verdict.missing() < 0) {
        troubles.add(stage.name() + " counts " + -verdict.missing() + " more than came in");
      }
    }
    boolean good = troubles.isEmpty();
    if (good) {
      troubles.add("in = handled + dropped" + (past.isEmpty() ? ", nothing lost" : ""));
    }
    troubles.addAll(past);
    if (Hint.heldBack(figures) > 0) {
      troubles.add("rate limits hold events back: " + Hint.heldBack(figures));
    }
    return new Health(
        good ? State.GOOD : State.LOSS, String.join("; ", troubles), stages, Hint.of(figures));
  }

  /** Of a run that has ended: what is open by then is no delay. */
  public static Health atEnd(CounterTable figures) {
    Map<String, Verdict> all = new HashMap<>();
    Stages.of(figures).forEach(stage -> all.put(stage.name(), new Verdict(stage.open(), 0)));
    return of(figures, all);
  }

  private static String rounded(long nanos) {
    long hours = TimeUnit.NANOSECONDS.toHours(nanos);
    return hours < 48 ? hours + " h" : hours / 24 + " days";
  }

  private static String worst(Stage stage) {
    return stage.lost().stream()
        .max(Comparator.comparingLong(Reason::count))
        .map(Reason::name)
        .orElseThrow();
  }
}
