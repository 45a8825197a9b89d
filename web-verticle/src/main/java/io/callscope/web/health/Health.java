package io.callscope.web.health;

import io.callscope.counters.CounterTable;
import io.callscope.web.health.Stage.Reason;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether everything that came in was handled or is accounted for: the strip on every page. */
public record Health(State state, String text, List<Stage> stages, List<Hint> hints) {

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
   * @param stuck names of the stages whose open rest is no delay ({@link StuckStages})
   */
  public static Health of(CounterTable figures, Set<String> stuck) {
    if (figures.groups().isEmpty()) {
      return new Health(State.UNKNOWN, "no figures from any service yet", List.of(), List.of());
    }
    List<Stage> stages = Stages.of(figures);
    List<String> troubles = InputTroubles.of(figures);
    for (Stage stage : stages) {
      if (stage.lostTotal() > 0) {
        troubles.add(stage.name() + " lost " + stage.lostTotal() + " (" + worst(stage) + ")");
      }
      if (stage.open() > 0 && stuck.contains(stage.name())) {
        troubles.add(stage.name() + " cannot account for " + stage.open());
      } else if (stage.open() < 0 && stuck.contains(stage.name())) {
        troubles.add(stage.name() + " counts " + -stage.open() + " more than came in");
      }
    }
    boolean good = troubles.isEmpty();
    if (good) {
      troubles.add("in = handled + dropped, nothing lost");
    }
    if (Hint.heldBack(figures) > 0) {
      troubles.add("rate limits hold events back: " + Hint.heldBack(figures));
    }
    return new Health(
        good ? State.GOOD : State.LOSS, String.join("; ", troubles), stages, Hint.of(figures));
  }

  /** Of a run that has ended: what is open by then is no delay. */
  public static Health atEnd(CounterTable figures) {
    Set<String> all = new HashSet<>();
    Stages.of(figures).forEach(stage -> all.add(stage.name()));
    return of(figures, all);
  }

  private static String worst(Stage stage) {
    return stage.lost().stream()
        .max(Comparator.comparingLong(Reason::count))
        .map(Reason::name)
        .orElseThrow();
  }
}
