package io.callscope.tracker.call;

import io.callscope.sip.SipMethod;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;

/**
 * What is known of one direction of a call entry: its requests and the replies to them. The
 * transaction of the entry's own method is kept apart from all others, so that another request
 * underway does not make its pending reply look old.
 */
final class CallSide {
  static final int BYTES = 64;

  /** Of a direction in which nothing was seen; never changed. */
  static final CallSide NONE = new CallSide();

  private static final int CSEQ = 1;
  private static final int REPLY_CSEQ = 2;
  private static final int OWN_CSEQ = 4;
  private static final int OWN_REPLY_CSEQ = 8;

  /** Which CSeqs are known; 0 is a legal CSeq. */
  private byte known;

  private int cseq;
  private int replyCseq;
  private int ownCseq;
  private int ownReplyCseq;
  private int otherReplyCseq;
  private byte otherReplyMethod;
  private short otherStatus;

  /** Status of the last reply to the entry's own method, 0 before. */
  short ownStatus;

  /** The same without provisional replies. */
  short ownFinalStatus;

  /** Status of the last reply to anything. */
  short lastStatus;

  byte lastMethod;
  int requests;
  int replies;
  int requestRetransmissions;
  int replyRetransmissions;

  /** Highest CSeq of a request, 0 before. */
  long cseq() {
    return cseq & 0xffff_ffffL;
  }

  /** Highest CSeq of a reply, 0 before. */
  long replyCseq() {
    return replyCseq & 0xffff_ffffL;
  }

  boolean knowsRequests() {
    return (known & CSEQ) != 0;
  }

  /** The direction starts with the CSeq another entry had reached. */
  void inheritCseq(CallSide from) {
    cseq = from.cseq;
    known |= (byte) (from.known & CSEQ);
  }

  void sawRequest(int method, int newCseq, boolean own) {
    requests = Counts.next(requests);
    lastMethod = (byte) method;
    if ((known & CSEQ) == 0 || Integer.compareUnsigned(newCseq, cseq) > 0) {
      cseq = newCseq;
      known |= CSEQ;
    }
    if (own) {
      ownCseq = newCseq;
      known |= OWN_CSEQ;
    }
  }

  void sawRepeatedRequest() {
    requestRetransmissions = Counts.next(requestRetransmissions);
  }

  void sawRepeatedReply() {
    replyRetransmissions = Counts.next(replyRetransmissions);
  }

  void sawReply(int method, int newCseq, int status, boolean own) {
    replies = Counts.next(replies);
    lastStatus = (short) status;
    if ((known & REPLY_CSEQ) == 0 || Integer.compareUnsigned(newCseq, replyCseq) > 0) {
      replyCseq = newCseq;
      known |= REPLY_CSEQ;
    }
    if (own) {
      ownReplyCseq = newCseq;
      known |= OWN_REPLY_CSEQ;
      ownStatus = (short) status;
      if (status >= 200) {
        ownFinalStatus = (short) status;
      }
    } else {
      otherReplyCseq = newCseq;
      otherReplyMethod = (byte) method;
      otherStatus = (short) status;
    }
  }

  /**
   * The request was seen before: its CSeq is old, or the current one and the method may not reuse
   * it.
   */
  boolean repeatsRequest(int method, int requestCseq) {
    if ((known & (CSEQ | REPLY_CSEQ)) == 0) {
      return false;
    }
    int highest = Integer.compareUnsigned(cseq, replyCseq) > 0 ? cseq : replyCseq;
    int order = Integer.compareUnsigned(requestCseq, highest);
    return order < 0 || (order == 0 && method != SipMethod.ACK && method != SipMethod.CANCEL);
  }

  /**
   * The reply was seen before, or belongs to a transaction that a later one of the same method has
   * replaced.
   */
  boolean repeatsReply(int method, int cseqOfReply, int status, boolean own) {
    if (!own) {
      return otherStatus != 0
          && otherReplyMethod == method
          && otherReplyCseq == cseqOfReply
          && isNoProgress(status, otherStatus);
    }
    if ((known & OWN_CSEQ) != 0 && Integer.compareUnsigned(cseqOfReply, ownCseq) < 0) {
      return true;
    }
    if ((known & OWN_REPLY_CSEQ) == 0) {
      return false;
    }
    int order = Integer.compareUnsigned(cseqOfReply, ownReplyCseq);
    return order < 0 || (order == 0 && isNoProgress(status, ownStatus));
  }

  void write(ImageWriter out) {
    out.putByte(known);
    out.putInt(cseq);
    out.putInt(replyCseq);
    out.putInt(ownCseq);
    out.putInt(ownReplyCseq);
    out.putInt(otherReplyCseq);
    out.putByte(otherReplyMethod);
    out.putShort(otherStatus);
    out.putShort(ownStatus);
    out.putShort(ownFinalStatus);
    out.putShort(lastStatus);
    out.putByte(lastMethod);
    out.putVar(requests);
    out.putVar(replies);
    out.putVar(requestRetransmissions);
    out.putVar(replyRetransmissions);
  }

  /** Takes over what {@link #write} wrote. */
  void read(ImageReader in) {
    known = (byte) in.getByte();
    cseq = in.getInt();
    replyCseq = in.getInt();
    ownCseq = in.getInt();
    ownReplyCseq = in.getInt();
    otherReplyCseq = in.getInt();
    otherReplyMethod = (byte) in.getByte(SipMethod.OTHER + 1, "method");
    otherStatus = (short) in.getShort();
    ownStatus = (short) in.getShort();
    ownFinalStatus = (short) in.getShort();
    lastStatus = (short) in.getShort();
    lastMethod = (byte) in.getByte(SipMethod.OTHER + 1, "method");
    requests = (int) in.getVar();
    replies = (int) in.getVar();
    requestRetransmissions = (int) in.getVar();
    replyRetransmissions = (int) in.getVar();
  }

  private static boolean isNoProgress(int status, int before) {
    return status <= before && !(isSuccess(status) && !isSuccess(before));
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  static boolean isChallenge(int status) {
    return status == 401 || status == 407;
  }
}
