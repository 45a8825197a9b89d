package io.callscope.tracker.call;

import io.callscope.bus.TextFilter;
import io.callscope.bus.TextSearch;

/** One condition of a list of calls: a field and what its text must be like. For one list. */
public final class CallFilter {
  private final Field field;
  private final TextSearch search;

  /** Bits of the states whose names are like it. */
  private final int states;

  public CallFilter(Field field, TextFilter filter) {
    this.field = field;
    search = new TextSearch(filter);
    states = field == Field.STATE ? states(filter) : 0;
  }

  /** The fields by the names that pages use. */
  public enum Field {
    CID,
    FTAG,
    TTAG,
    /** Call-ID and tags, one behind the other. */
    KEY,
    STATE
  }

  private static int states(TextFilter filter) {
    int states = 0;
    for (CallState state : CallState.values()) {
      if (filter.test(state.displayName()) || filter.test(state.configName())) {
        states |= 1 << state.ordinal();
      }
    }
    return states;
  }

  boolean test(CallEntry entry) {
    return switch (field) {
      case CID -> test(entry, CallText.CALL_ID, CallText.CALL_ID);
      case FTAG -> test(entry, CallText.FROM_TAG, CallText.FROM_TAG);
      case TTAG -> test(entry, CallText.TO_TAG, CallText.TO_TAG);
      case KEY -> test(entry, CallText.CALL_ID, CallText.TO_TAG);
      case STATE -> (states & (1 << entry.state)) != 0;
    };
  }

  private boolean test(CallEntry entry, int first, int last) {
    byte[] texts = entry.texts;
    return search.test(texts, CallText.start(texts, first), CallText.end(texts, last));
  }
}
