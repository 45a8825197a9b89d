package io.callscope.tracker.partition;

import io.callscope.bus.CallEvent;
import io.callscope.tracker.state.Stored;

/** An event that was sent, and has not been published yet as far as is known. */
final class SentEvent extends Stored {
  final CallEvent event;

  /** Place in the order of sending. */
  final long id;

  boolean gone;

  SentEvent(long id, CallEvent event) {
    this.id = id;
    this.event = event;
  }

  @Override
  protected long storedId() {
    return id;
  }

  @Override
  protected boolean isGone() {
    return gone;
  }
}
