package io.callscope.tracker.state;

/** An entry of a table that is saved: what the table needs to know of it. One thread. */
public abstract class Stored {
  /** Marks of {@link StateTable}: one byte, which finds room in the padding of an entry. */
  byte saveMarks;

  /** Its number, never that of another entry of its table. */
  protected abstract long storedId();

  /** It is no longer in its table. */
  protected abstract boolean isGone();
}
