package io.callscope.table;

import java.util.function.Consumer;

/**
 * Goes over a table chain by chain, in an order that depends on the hashes alone. Whoever goes on
 * at the place where a walk stopped, in a second or in an hour, meets every entry that has been
 * there all the while, and none twice, however the table has grown and whatever has come or gone.
 * On the thread of the table.
 *
 * @param <E> what the table holds
 */
public final class ChainWalk<E> {
  private final ChainedTable<E> table;
  private long place;

  /**
   * @param place 0 for the beginning
   */
  public ChainWalk(ChainedTable<E> table, long place) {
    this.table = table;
    this.place = place;
  }

  /**
   * Hands over all entries of the next chain, of which there may be none.
   *
   * @return false if there is no other chain
   */
  public boolean step(Consumer<? super E> taker) {
    if (isOver()) {
      return false;
    }
    for (E entry = table.chainAt(place); entry != null; entry = table.next(entry)) {
      if (ChainedTable.place(table.hash(entry)) >= place) {
        taker.accept(entry);
      }
    }
    place = table.behindChainAt(place);
    return true;
  }

  public boolean isOver() {
    return place >= ChainedTable.PLACES;
  }

  /** Where it goes on, from 0 to 2^32. */
  public long place() {
    return place;
  }
}
