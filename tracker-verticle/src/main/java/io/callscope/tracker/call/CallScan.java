package io.callscope.tracker.call;

import io.callscope.query.Listing;
import io.callscope.query.Scan;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A walk over the entries of the table of calls. */
public final class CallScan extends Scan<CallEntry> {
  private final CallTable table;
  private final EntryWalk walk;
  private final List<CallFilter> filters;
  private final Function<CallEntry, Map<String, Object>> view;

  CallScan(
      CallTable table,
      List<CallFilter> filters,
      Function<CallEntry, Map<String, Object>> view,
      Listing listing) {
    super(listing, CallOrder.of(listing.sort()), table);
    this.table = table;
    walk = EntryWalk.of(table, listing.newestFirst());
    this.filters = filters;
    this.view = view;
  }

  @Override
  protected boolean walk() {
    if (!walk.step()) {
      return false;
    }
    if (walk.entry() != null) {
      visit(walk.entry());
    }
    return true;
  }

  @Override
  protected int all() {
    return filters.isEmpty() ? table.size() : -1;
  }

  @Override
  protected boolean matches(CallEntry entry) {
    for (CallFilter filter : filters) {
      if (!filter.test(entry)) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected Map<String, Object> view(CallEntry entry) {
    return view.apply(entry);
  }
}
