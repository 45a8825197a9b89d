package io.callscope.tracker.call;

import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateTable;
import io.callscope.tracker.state.StateWalk;
import java.util.Comparator;

/** The call entries of a partition as they are saved, with their bindings. One thread. */
final class CallStates extends StateTable<CallEntry> {
  private static final int TAG = 1;
  private static final Comparator<CallEntry> BY_CREATION =
      Comparator.comparingLong(entry -> entry.id);

  private final CallStore store;
  private final Bindings bindings;
  private final Interner interner;
  private final int[] textNumbers = new int[4];

  CallStates(CallStore store, Bindings bindings, Interner interner) {
    super(TAG);
    this.store = store;
    this.bindings = bindings;
    this.interner = interner;
  }

  @Override
  protected void writeTexts(CallEntry entry, ImageWriter out) {
    CallImage.texts(entry, out, textNumbers);
  }

  @Override
  protected void writeImage(CallEntry entry, ImageWriter out) {
    CallImage.write(entry, textNumbers, out);
  }

  @Override
  protected CallEntry read(long id, ImageReader in) {
    CallEntry entry = CallImage.read(in, interner);
    entry.id = id;
    return entry;
  }

  @Override
  protected Comparator<CallEntry> order() {
    return BY_CREATION;
  }

  @Override
  protected void restore(CallEntry entry) {
    store.restore(entry);
    bindings.restore(entry);
  }

  @Override
  protected StateWalk<CallEntry> walk() {
    return EntryWalk.of(store.table, false);
  }

  @Override
  protected int size() {
    return store.table.size();
  }
}
