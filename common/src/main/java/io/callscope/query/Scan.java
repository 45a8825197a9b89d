package io.callscope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A walk over a table, oldest entry first, in steps of bounded work so that messages go through in
 * between. Entries that leave meanwhile are passed over; those that come later are not seen.
 *
 * @param <E> what is listed
 */
public abstract class Scan<E> {
  private final int skip;
  private final int limit;
  private final List<Map<String, Object>> found = new ArrayList<>();
  private int matches;
  private int entries;

  /**
   * @param skip how many that match are left out before the first
   * @param limit how many are listed at most
   */
  protected Scan(int skip, int limit) {
    this.skip = skip;
    this.limit = limit;
  }

  /**
   * Goes on by at most {@code most} entries.
   *
   * @return whether the walk is over
   * @throws IllegalArgumentException if a filter gives up
   */
  public final boolean step(int most) {
    for (int i = 0; i < most; i++) {
      if (!walk()) {
        return true;
      }
    }
    return false;
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
    if (matches >= skip && found.size() < limit) {
      found.add(view(entry));
    }
    matches++;
  }

  /** The entries found, from {@code skip} on, at most {@code limit}. */
  public final List<Map<String, Object>> found() {
    return found;
  }

  /** How many match in all. */
  public final int matches() {
    return matches;
  }

  /** How many there were. */
  public final int entries() {
    return entries;
  }
}
