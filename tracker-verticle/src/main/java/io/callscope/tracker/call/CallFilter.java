package io.callscope.tracker.call;

import io.callscope.bus.TextFilter;

/** One condition of a list of calls: a field and what its text must be like. */
public record CallFilter(Field field, TextFilter filter) {
  /** The fields by the names that pages use. */
  public enum Field {
    CID,
    FTAG,
    TTAG,
    KEY,
    STATE
  }

  boolean test(CallEntry entry) {
    return switch (field) {
      case CID -> filter.test(CallView.text(entry, CallText.CALL_ID));
      case FTAG -> filter.test(CallView.text(entry, CallText.FROM_TAG));
      case TTAG -> filter.test(CallView.text(entry, CallText.TO_TAG));
      case KEY ->
          filter.test(
              CallView.text(entry, CallText.CALL_ID)
                  + CallView.text(entry, CallText.FROM_TAG)
                  + CallView.text(entry, CallText.TO_TAG));
      case STATE ->
          filter.test(entry.state().displayName()) || filter.test(entry.state().configName());
    };
  }
}
