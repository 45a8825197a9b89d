package io.callscope.pcapdump.file;

import java.io.IOException;

/** Something with a file did not work: what is to be counted, and what to tell people. */
final class DumpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final DropReason reason;

  DumpFailure(DropReason reason, String text) {
    super(text);
    this.reason = reason;
  }

  DumpFailure(DropReason reason, IOException cause) {
    super(cause.toString(), cause);
    this.reason = reason;
  }

  DropReason reason() {
    return reason;
  }
}
