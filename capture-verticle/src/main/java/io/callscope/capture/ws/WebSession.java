package io.callscope.capture.ws;

import java.util.ArrayDeque;

/** What the two directions of a connection have to know of each other. */
final class WebSession {
  private static final int MAX_PENDING = 32;

  /** Of the upgrade. */
  enum Upgrade {
    /** Not asked for, or the answer was not seen. */
    UNKNOWN,
    ACCEPTED,
    REFUSED
  }

  Upgrade upgrade = Upgrade.UNKNOWN;

  /** The request offered SIP; the reply chose it. */
  boolean offersSip;

  boolean isSip;

  /** Which end forgets what it has sent before with each message (RFC 7692 §7.1.1). */
  boolean clientForgets;

  boolean serverForgets;

  /** Methods of the requests without a reply. */
  private final ArrayDeque<String> pending = new ArrayDeque<>();

  void requested(String method) {
    if (pending.size() == MAX_PENDING) {
      pending.poll();
    }
    pending.add(method);
  }

  /** The method of the request that a final reply belongs to; empty if it is not known. */
  String answered() {
    String method = pending.poll();
    return method == null ? "" : method;
  }
}
