package io.callscope.testdata;

/**
 * A message of a dialog.
 *
 * @param gapNanos time since the message before
 * @param leg 0 between phone and proxy, 1 between proxy and gateway
 * @param status of a reply; 0 for the request
 */
record Step(long gapNanos, int leg, int status, Transaction transaction) {
  boolean isRequest() {
    return status == 0;
  }

  /** It goes from the callee's side to the caller's. */
  boolean towardsCaller() {
    return transaction.fromCallee == isRequest();
  }
}
