package io.callscope.tracker.state;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A table whose entries are saved: knows which have changed since the last save began, and while
 * one is under way, which it has still to write as they were when it began. So a save that takes
 * many turns, with messages in between, still is the state of one moment. One thread.
 *
 * <p>Two marks change roles with each save: the one of {@link #current} means "changed since the
 * save began", the other "to be written by the save as it is now".
 */
public abstract class StateTable<E extends Stored> {
  private static final int MARK_A = 1;
  private static final int MARK_B = 2;

  /** Some image of the entry was written. */
  private static final int STORED = 4;

  /** The lap ({@link StateSaver}) in which it was written last, odd or even. */
  private static final int ODD_LAP = 8;

  private static final int FIRST_ROOM = 256;

  /** Its number among the tables of a partition, from 1. */
  final int tag;

  private int current = MARK_A;
  private Stored[] changed = new Stored[FIRST_ROOM];
  private int changedCount;
  private long[] removed = new long[FIRST_ROOM];
  private int removedCount;

  private Stored[] saving = new Stored[FIRST_ROOM];
  private int savingCount;
  private int savingAt;
  private long[] savingRemoved = new long[FIRST_ROOM];
  private int savingRemovedCount;
  private int savingRemovedAt;
  private StateWalk<E> lap;
  private int lapMark;

  /** Null while no save is under way. */
  private StateSaver saver;

  protected StateTable(int tag) {
    this.tag = tag;
  }

  /** Writes all of an entry: first the texts it shares, then the record. */
  final void write(E entry, ImageWriter out) {
    writeTexts(entry, out);
    out.begin(Segments.image(tag), entry.storedId());
    try {
      writeImage(entry, out);
      out.end();
    } catch (RuntimeException e) {
      out.cancel();
      throw e;
    }
  }

  /** Asks for the numbers of the texts that the entry shares with others. */
  protected void writeTexts(E entry, ImageWriter out) {}

  protected abstract void writeImage(E entry, ImageWriter out);

  /** The entry of an image; a {@link BadImageException} if it is none. */
  protected abstract E read(long id, ImageReader in);

  /** The order in which {@link #restore} wants the entries. */
  protected abstract Comparator<E> order();

  /** Takes an entry into the table as it was. */
  protected abstract void restore(E entry);

  /** All entries are restored. */
  protected void restored() {}

  protected abstract StateWalk<E> walk();

  protected abstract int size();

  /** An entry is about to change. */
  public final void touch(E entry) {
    if ((entry.saveMarks & current) != 0) {
      return;
    }
    if (saver != null && isPending(entry)) {
      saver.writeBeforeChange(this, entry);
    }
    add(entry);
  }

  /** An entry is new in the table. */
  public final void added(E entry) {
    add(entry);
  }

  /** An entry leaves the table. */
  public final void removed(E entry) {
    touch(entry);
    if ((entry.saveMarks & STORED) != 0) {
      if (removedCount == removed.length) {
        removed = Arrays.copyOf(removed, 2 * removedCount);
      }
      removed[removedCount++] = entry.storedId();
    }
  }

  private void add(E entry) {
    entry.saveMarks |= (byte) current;
    if (changedCount == changed.length) {
      makeRoom();
    }
    changed[changedCount++] = entry;
  }

  /** Entries that are gone are not kept from the garbage while the store is slow. */
  private void makeRoom() {
    int kept = 0;
    for (int i = 0; i < changedCount; i++) {
      if (!changed[i].isGone()) {
        changed[kept++] = changed[i];
      }
    }
    Arrays.fill(changed, kept, changedCount, null);
    changedCount = kept;
    if (kept > changed.length / 2) {
      changed = Arrays.copyOf(changed, 2 * changed.length);
    }
  }

  final boolean hasChanged() {
    return changedCount > 0 || removedCount > 0;
  }

  final int removedCount() {
    return removedCount;
  }

  /** The old log is given up: who is gone need not be named any more. */
  final void forgetRemoved() {
    removedCount = 0;
  }

  /** Marks an entry for the next save, whether or not it has changed. */
  final void mark(E entry) {
    if ((entry.saveMarks & current) == 0) {
      add(entry);
    }
  }

  /** A save begins with all that has changed so far. */
  final void begin(StateSaver by) {
    saver = by;
    Stored[] written = saving;
    saving = changed;
    savingCount = changedCount;
    savingAt = 0;
    changed = written;
    changedCount = 0;
    long[] named = savingRemoved;
    savingRemoved = removed;
    savingRemovedCount = removedCount;
    savingRemovedAt = 0;
    removed = named;
    removedCount = 0;
    current ^= MARK_A | MARK_B;
  }

  private int pendingMark() {
    return current ^ (MARK_A | MARK_B);
  }

  private boolean isPending(Stored entry) {
    return (entry.saveMarks & pendingMark()) != 0;
  }

  /**
   * Writes the next thing of the save.
   *
   * @return false if there is nothing left but the lap
   */
  @SuppressWarnings("unchecked") // only entries of this table come into its lists
  final boolean step(StateSaver to) {
    if (savingAt < savingCount) {
      Stored entry = saving[savingAt];
      saving[savingAt++] = null;
      if (!entry.isGone() && isPending(entry)) {
        to.write(this, (E) entry);
      }
      return true;
    }
    if (savingRemovedAt < savingRemovedCount) {
      to.writeRemoved(this, savingRemoved[savingRemovedAt++]);
      return true;
    }
    return false;
  }

  /** The image of an entry is written. */
  final void written(E entry) {
    entry.saveMarks &= (byte) ~(pendingMark() | ODD_LAP);
    entry.saveMarks |= (byte) (STORED | lapMark);
  }

  /** The save has written all that it has to. */
  final void end() {
    saver = null;
    if (saving.length > 1 << 16 && savingCount < saving.length / 8) {
      saving = new Stored[FIRST_ROOM];
    }
  }

  /** From now on all entries are written anew, bit by bit. */
  final void beginLap() {
    lapMark ^= ODD_LAP;
    lap = walk();
  }

  /**
   * Writes the next entry that this lap has not written yet.
   *
   * @return false if the lap is over
   */
  final boolean stepLap(StateSaver to) {
    if (lap == null || !lap.step()) {
      lap = null;
      return false;
    }
    E entry = lap.entry();
    boolean written = entry == null || (entry.saveMarks & ODD_LAP) == lapMark;
    // What has changed since the save began is not as it was then; the next save writes it.
    if (!written && (entry.saveMarks & current) == 0) {
      to.write(this, entry);
    }
    return true;
  }

  /** An entry comes from the store. */
  final void readBack(E entry) {
    entry.saveMarks = (byte) (STORED | lapMark);
    restore(entry);
  }
}
