package io.callscope.tracker.rate;

import io.callscope.query.Listing;
import io.callscope.query.Scan;
import java.util.Map;

/** A walk over the rate entries. */
public final class RateScan extends Scan<RateEntry> {
  private final RateFilter filter;
  private final RateQuery query;
  private final long end;
  private final boolean newestFirst;
  private RateEntry next;

  RateScan(RateTable table, RateFilter filter, RateQuery query, Listing listing) {
    super(listing, query.order(listing.sort()), table);
    this.filter = filter;
    this.query = query;
    end = table.created();
    newestFirst = listing.newestFirst();
    next = newestFirst ? table.newest() : table.oldest();
  }

  @Override
  protected boolean walk() {
    if (next == null || next.id >= end) {
      return false;
    }
    RateEntry entry = next;
    // A removed entry still leads on: its links stay as they were.
    next = newestFirst ? entry.older : entry.newer;
    if (!entry.removed) {
      visit(entry);
    }
    return true;
  }

  @Override
  protected boolean matches(RateEntry entry) {
    return filter.test(entry, query);
  }

  @Override
  protected Map<String, Object> view(RateEntry entry) {
    return query.view(entry);
  }
}
