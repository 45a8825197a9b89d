package io.callscope.tracker.rate;

import java.util.List;

/**
 * Which entries a collection may remove: those for which all conditions hold.
 *
 * @param state over a limit, not over one, or either
 * @param ages how long ago something happened to the entry; what never happened is as old as can be
 */
public record Criterion(State state, List<Age> ages) {
  public Criterion {
    ages = List.copyOf(ages);
  }

  /** Whether an entry is over a limit. */
  public enum State {
    ANY,
    OK,
    EXCEEDED
  }

  /** What happened to an entry. */
  public enum Time {
    CREATED,
    CHANGED,
    LAST_EXCEEDED,
    LAST_OK
  }

  /** How an age is compared. */
  public enum Comparison {
    EQUAL("=="),
    GREATER(">"),
    LESS("<"),
    GREATER_OR_EQUAL(">="),
    LESS_OR_EQUAL("<="),
    UNEQUAL("<>");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    /** Whether two values are so, whose {@code Long.compare} or the like gave this. */
    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case GREATER -> order > 0;
        case LESS -> order < 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case LESS_OR_EQUAL -> order <= 0;
        case UNEQUAL -> order != 0;
      };
    }
  }

  /**
   * A condition on an age.
   *
   * @param nanos what it is compared with
   */
  public record Age(Time time, Comparison comparison, long nanos) {
    boolean test(RateEntry entry, long nowNanos) {
      long at =
          switch (time) {
            case CREATED -> entry.createdNanos;
            case CHANGED -> entry.changedNanos;
            case LAST_EXCEEDED -> entry.lastExceededNanos;
            case LAST_OK -> entry.lastOkNanos;
          };
      return comparison.holds(Long.compare(nowNanos - at, nanos));
    }
  }

  /** Entries of a state whose last event in it is longer ago. */
  static Criterion idle(State state, long nanos) {
    Time time = state == State.EXCEEDED ? Time.LAST_EXCEEDED : Time.LAST_OK;
    return new Criterion(state, List.of(new Age(time, Comparison.GREATER, nanos)));
  }

  /** Entries not over a limit that were created longer ago. */
  static Criterion okAndOlder(long nanos) {
    return new Criterion(State.OK, List.of(new Age(Time.CREATED, Comparison.GREATER, nanos)));
  }

  boolean test(RateEntry entry, long nowNanos) {
    if (state != State.ANY && entry.exceeded != (state == State.EXCEEDED)) {
      return false;
    }
    for (int i = 0; i < ages.size(); i++) {
      if (!ages.get(i).test(entry, nowNanos)) {
        return false;
      }
    }
    return true;
  }
}
