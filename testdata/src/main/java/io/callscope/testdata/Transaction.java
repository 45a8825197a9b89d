package io.callscope.testdata;

/** A SIP transaction of a dialog: what its request and its replies have in common. */
final class Transaction {
  final int method;
  final long cseq;

  /** Its Via branch; those of the proxy come from it. */
  final long branch;

  /** To tag of the request, null for none. */
  byte[] toTag;

  /** The callee sends the request. */
  boolean fromCallee;

  /** Between neighbours only: CANCEL, and the ACK of a negative reply. */
  boolean hopByHop;

  /** The request answers a challenge. */
  boolean credentials;

  /** Which session description an INVITE offers: 0 the first, 1 hold, 2 resume. */
  int offer;

  /** Seconds that a REGISTER asks for. */
  int expires;

  Transaction(int method, long cseq, long branch) {
    this.method = method;
    this.cseq = cseq;
    this.branch = branch;
  }

  Transaction inDialog(byte[] tag) {
    toTag = tag;
    return this;
  }

  Transaction byCallee() {
    fromCallee = true;
    return this;
  }

  Transaction hopByHop() {
    hopByHop = true;
    return this;
  }

  Transaction credentials() {
    credentials = true;
    return this;
  }

  Transaction offer(int number) {
    offer = number;
    return this;
  }

  Transaction expires(int seconds) {
    expires = seconds;
    return this;
  }
}
