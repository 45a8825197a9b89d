package io.callscope.web.health;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The account of one stage of the way from a packet to an event.
 *
 * @param in what came in, by the count of the stage before
 * @param handled what went on, by its own count
 * @param refused what did not, by reason, as it should be: a message that does not parse, an event
 *     over its rate
 * @param lost what did not and should have
 * @param waiting what stands in a queue for the next, for however long
 */
public record Stage(
    String name, long in, long handled, List<Reason> refused, List<Reason> lost, long waiting) {
  /** How many for one reason. */
  record Reason(String name, long count) {}

  /** Neither handled, refused nor lost: on the way, or unaccounted for. */
  public long open() {
    return in - handled - refusedTotal() - lostTotal();
  }

  public long refusedTotal() {
    return total(refused);
  }

  public long lostTotal() {
    return total(lost);
  }

  /** What was lost, by reason, for people. */
  public String losses() {
    return lost.stream()
        .map(reason -> reason.name() + " " + reason.count())
        .collect(Collectors.joining(", "));
  }

  private static long total(List<Reason> reasons) {
    return reasons.stream().mapToLong(Reason::count).sum();
  }
}
