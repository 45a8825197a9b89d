package io.callscope.tracker.state;

/**
 * Numbers that were seen. In many small tables, so that none is ever copied for long. One thread.
 */
final class IdSet {
  private static final int PARTS = 256;
  private static final int FIRST_ROOM = 64;

  /** Open addressing; ids are kept one higher, 0 is an empty slot. */
  private final long[][] tables = new long[PARTS][FIRST_ROOM];

  private final int[] sizes = new int[PARTS];

  /** Adds a number; false if it was there. */
  boolean add(long id) {
    long mixed = id * 0x9e37_79b9_7f4a_7c15L;
    int part = (int) (mixed >>> 56);
    if (2 * sizes[part] >= tables[part].length) {
      grow(part);
    }
    if (!put(tables[part], id + 1)) {
      return false;
    }
    sizes[part]++;
    return true;
  }

  private void grow(int part) {
    long[] larger = new long[2 * tables[part].length];
    for (long id : tables[part]) {
      if (id != 0) {
        put(larger, id);
      }
    }
    tables[part] = larger;
  }

  private static boolean put(long[] table, long id) {
    int slot = (int) ((id * 0x9e37_79b9_7f4a_7c15L) >>> 20) & (table.length - 1);
    while (table[slot] != 0) {
      if (table[slot] == id) {
        return false;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = id;
    return true;
  }
}
