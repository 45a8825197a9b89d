package io.callscope.tracker.call;

/**
 * Finds the entry a message belongs to: among the entries of its Call-ID the one whose tags fit
 * best. One object a partition; the result stays in its fields until the next search.
 */
final class CallMatcher {
  enum Grade {
    /** No entry has the Call-ID. */
    NONE,
    /** The entry's From tag is neither of the message's tags. */
    CALL_ID_ONLY,
    /** The entry's From tag is one of the message's tags, its To tag is not the other. */
    PARTIAL,
    FULL
  }

  CallEntry entry;
  Grade grade;

  /** 0: the transaction is the caller's, 1: the callee's. */
  int direction;

  /**
   * An entry of the Call-ID has passed its deadline: it must be expired and the search made anew.
   */
  boolean metExpired;

  /** Entries of the Call-ID, and all entries walked. */
  int related;

  int walked;

  void find(CallEntry chain, int hash, Arrival arrival) {
    entry = null;
    grade = Grade.NONE;
    direction = 0;
    metExpired = false;
    related = 0;
    walked = 0;
    boolean isRegister = arrival.isRegister();
    for (CallEntry candidate = chain; candidate != null; candidate = candidate.chainNext) {
      walked++;
      if (candidate.hash != hash
          || candidate.isRegister != isRegister
          || !arrival.callIdIs(candidate)) {
        continue;
      }
      related++;
      if (candidate.deadlineNanos <= arrival.nowNanos) {
        metExpired = true;
        return;
      }
      if (consider(candidate, arrival)) {
        return;
      }
    }
  }

  /** Returns true if the search is over. */
  private boolean consider(CallEntry candidate, Arrival arrival) {
    int side = 0;
    boolean from = arrival.fromTagIs(candidate, CallText.FROM_TAG);
    boolean full = from && arrival.toTagIs(candidate, CallText.TO_TAG);
    if (!full) {
      boolean swapped = arrival.toTagIs(candidate, CallText.FROM_TAG);
      full = swapped && arrival.fromTagIs(candidate, CallText.TO_TAG);
      if (full || (swapped && !from)) {
        side = 1;
      }
      from |= swapped;
    }
    if (full && !arrival.hasToTag() && candidate.method != arrival.method) {
      full = false;
    }
    Grade found = full ? Grade.FULL : from ? Grade.PARTIAL : Grade.CALL_ID_ONLY;
    boolean better =
        found.compareTo(grade) > 0 || (found == grade && isBetter(candidate, side, arrival));
    if (better) {
      entry = candidate;
      grade = found;
      direction = side;
    }
    return full;
  }

  /**
   * Of two candidates of one grade the newer one is already chosen; does the older one fit better?
   */
  private boolean isBetter(CallEntry older, int olderDirection, Arrival arrival) {
    boolean olderMethod = older.method == arrival.method;
    boolean newerMethod = entry.method == arrival.method;
    if (older.method != entry.method && olderMethod != newerMethod) {
      return olderMethod;
    }
    CallSide olderSide = older.side(olderDirection);
    CallSide newerSide = entry.side(direction);
    long cseq = arrival.cseq & 0xffff_ffffL;
    boolean olderCseq = olderSide.cseq() == cseq;
    boolean newerCseq = newerSide.cseq() == cseq;
    if (olderCseq != newerCseq) {
      return olderCseq;
    }
    if (olderCseq || (cseq > olderSide.cseq() && cseq > newerSide.cseq())) {
      boolean olderChallenged = CallSide.isChallenge(olderSide.ownStatus);
      if (olderChallenged != CallSide.isChallenge(newerSide.ownStatus)) {
        return olderChallenged;
      }
    }
    return olderSide.cseq() > newerSide.cseq();
  }
}
