package io.callscope.tracker.call;

import io.callscope.query.Listing;
import io.callscope.query.Scan;
import java.util.List;
import java.util.Map;

/**
 * A walk over the bindings, in the order of the entries that hold them. One in pieces goes by their
 * AORs: a binding may change hands, and would be missed, or met twice, where it goes by entries.
 */
public final class BindingScan extends Scan<Binding> {
  private final EntryWalk walk;
  private final List<BindingFilter> filters;

  BindingScan(
      CallTable table, BindingTable bindings, List<BindingFilter> filters, Listing listing) {
    super(listing, BindingOrder.of(listing.sort()), bindings);
    walk = EntryWalk.of(table, listing.newestFirst());
    this.filters = filters;
  }

  @Override
  protected boolean walk() {
    if (!walk.step()) {
      return false;
    }
    CallEntry entry = walk.entry();
    Binding binding = entry == null ? null : entry.bindings;
    for (; binding != null; binding = binding.ownerNext) {
      visit(binding);
    }
    return true;
  }

  @Override
  protected boolean matches(Binding binding) {
    for (BindingFilter filter : filters) {
      if (!filter.test(binding)) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected Map<String, Object> view(Binding binding) {
    return Bindings.view(binding);
  }
}
