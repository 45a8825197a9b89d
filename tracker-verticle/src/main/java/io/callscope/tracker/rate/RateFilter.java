package io.callscope.tracker.rate;

import io.callscope.bus.EventType;
import io.callscope.bus.TextFilter;
import io.callscope.net.IpAddress;
import io.callscope.net.IpNetwork;

/**
 * Which rate entries are listed; a condition that is null is none.
 *
 * @param network addresses in it
 * @param address texts of addresses
 * @param slot whose rate is compared, if {@code comparison} is not null
 */
public record RateFilter(
    EventType type,
    Criterion.State state,
    IpNetwork network,
    TextFilter address,
    int slot,
    Criterion.Comparison comparison,
    double rate) {

  /** Lets all through. */
  public static final RateFilter ALL =
      new RateFilter(null, Criterion.State.ANY, null, null, 0, null, 0);

  boolean test(RateEntry entry, RateQuery query) {
    return (type == null || entry.type == type)
        && (state == Criterion.State.ANY || entry.exceeded == (state == Criterion.State.EXCEEDED))
        && (network == null || network.contains(entry.high, entry.low))
        && (comparison == null || comparison.holds(Double.compare(query.rate(entry, slot), rate)))
        && (address == null || address.test(IpAddress.text(entry.high, entry.low)));
  }
}
