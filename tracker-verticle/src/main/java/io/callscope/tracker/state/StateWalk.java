package io.callscope.tracker.state;

/**
 * The entries of a table that are there now, while the table goes on changing.
 *
 * @param <E> the entries
 */
public interface StateWalk<E> {
  /** Goes to the next entry; false at the end. */
  boolean step();

  /** The present entry, null if it has left the table meanwhile. */
  E entry();
}
