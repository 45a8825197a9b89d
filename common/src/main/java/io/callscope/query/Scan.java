package io.callscope.query;

import io.callscope.table.ChainWalk;
import io.callscope.table.ChainedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A walk over a table, oldest or newest entry first, in steps of bounded work so that messages go
 * through in between. Entries that leave meanwhile are passed over; those that come later are not
 * seen. A list in another order is ranked on the way. One in pieces goes over the table chain by
 * chain, and ends with one.
 *
 * @param <E> what is listed
 */
public abstract class Scan<E> {
  /** To show an entry costs as much as to look at so many. */
  private static final int VIEW_COST = 16;

  private final Listing listing;
  private final Order<E, ?> order;
  private final Ranking<E, ?> ranking;

  /** Null for a list of pages. */
  private final ChainWalk<E> chains;

  private final List<Object> found = new ArrayList<>();
  private final List<Object> keys = new ArrayList<>();
  private boolean walked;
  private int ranked;
  private int shown;
  private int taken;
  private int matches;
  private int entries;
  private int left;

  /**
   * @param order what the list is sorted by
   * @param table what it is a list of
   * @throws IllegalArgumentException if a sorted list goes too far
   */
  protected Scan(Listing listing, Order<E, ?> order, ChainedTable<E> table) {
    this.listing = listing;
    this.order = order;
    ranking = listing.isSorted() ? Ranking.of(order, listing.end(), listing.descending()) : null;
    if (listing.isSorted() && listing.end() > Listing.MOST_SORTED) {
      throw new IllegalArgumentException(
          "a sorted list goes no further than " + Listing.MOST_SORTED);
    }
    chains = listing.isInPieces() ? new ChainWalk<>(table, listing.from()) : null;
  }

  /**
   * Goes on by the work of at most {@code most} entries looked at.
   *
   * @return whether all is done
   * @throws IllegalArgumentException if a filter gives up
   */
  public final boolean step(int most) {
    left = most;
    while (!walked && left > 0) {
      left--;
      walked = isEnough() || !goOn();
      if (walked && ranking != null) {
        ranked = ranking.end();
        shown = listing.skip();
      }
    }
    while (shown < ranked && left > 0) {
      left--;
      ranking.give(shown++, this::show);
    }
    return walked && shown >= ranked;
  }

  private boolean goOn() {
    return chains == null ? walk() : chains.step(this::visit);
  }

  /** How long who asks waits for it. */
  final long waitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(listing.waitMillis());
  }

  private boolean isEnough() {
    if (ranking != null || taken < listing.limit()) {
      return false;
    }
    if (chains != null) {
      return true;
    }
    int all = all();
    if (all >= 0) {
      matches = all;
      entries = all;
    }
    return all >= 0 || !listing.counts();
  }

  /** How many there are, if all match: then they need not be counted. -1 if a filter decides. */
  protected int all() {
    return -1;
  }

  /** Looks at one more entry, if there is one, and {@link #visit}s what is alive in it. */
  protected abstract boolean walk();

  /** All filters let it through. */
  protected abstract boolean matches(E entry);

  protected abstract Map<String, Object> view(E entry);

  protected final void visit(E entry) {
    entries++;
    if (!matches(entry)) {
      return;
    }
    if (ranking != null) {
      ranking.add(entry);
    } else if (matches >= listing.skip() && (taken < listing.limit() || chains != null)) {
      show(entry, null);
    }
    matches++;
  }

  private void show(E entry, Object entryKey) {
    if (listing.shows() != Listing.Show.ENTRIES) {
      keys.add(entryKey == null ? order.shownKey(entry) : entryKey);
    }
    if (listing.shows() != Listing.Show.KEYS) {
      left -= VIEW_COST;
      found.add(view(entry));
    }
    taken++;
  }

  /** The entries and their keys, as far as the list shows them, under their names. */
  final void put(Map<String, Object> answer, String name) {
    if (listing.shows() != Listing.Show.ENTRIES) {
      answer.put("keys", keys);
    }
    if (listing.shows() != Listing.Show.KEYS) {
      answer.put(name, found);
    }
    if (chains != null && !chains.isOver()) {
      answer.put("next", chains.place());
    }
  }

  /** How many match in all; without meaning if they are not counted. */
  public final int matches() {
    return matches;
  }

  /** How many there were. */
  public final int entries() {
    return entries;
  }
}
