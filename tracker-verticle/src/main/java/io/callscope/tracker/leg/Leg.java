package io.callscope.tracker.leg;

import io.callscope.bus.CallQuality;
import io.callscope.bus.QualityCodec;
import io.callscope.tracker.state.Stored;
import java.util.Arrays;

/** What is known of a Call-ID, whether or not a call of it is there at the time. */
final class Leg extends Stored {
  /** More legs of one call than this are not kept: an SBC that tries gateway after gateway. */
  private static final int MAX_LINKED = 8;

  private static final byte[][] NONE = {};

  final byte[] callId;
  final int hash;

  /** Place in the order of creation. */
  long id;

  /** No longer in the table. */
  boolean gone;

  // Links: bucket chain, order of age.
  Leg chainNext;
  Leg older;
  Leg newer;

  /** When it was last heard of. */
  long heardNanos;

  /** Name of its SBC, null before it is known. */
  byte[] sbc;

  byte[][] linked = NONE;

  /** The latest report in its short form, or null. */
  private byte[] quality;

  /** End of what that report is about, ns since 1970. */
  private long qualityEndNanos;

  /** Its SBC sends such reports. */
  boolean reportsQuality;

  /** The end of its call was published. */
  boolean ended;

  /** The newest of its call-ends that wait for a report, linked; null for most. */
  HeldEnd held;

  Leg(byte[] callId, int hash) {
    this.callId = callId;
    this.hash = hash;
  }

  @Override
  protected long storedId() {
    return id;
  }

  @Override
  protected boolean isGone() {
    return gone;
  }

  boolean is(int otherHash, byte[] bytes, int at, int length) {
    return hash == otherHash && Arrays.equals(callId, 0, callId.length, bytes, at, at + length);
  }

  void report(CallQuality report) {
    quality = QualityCodec.bytes(report);
    qualityEndNanos = report.endNanos();
  }

  /** Takes a report in its short form, or null. */
  void report(byte[] bytes) {
    quality = bytes;
    qualityEndNanos = bytes == null ? 0 : quality().endNanos();
  }

  /** The latest report in its short form, or null. */
  byte[] qualityBytes() {
    return quality;
  }

  /** The latest report, or null. */
  CallQuality quality() {
    return quality == null ? null : QualityCodec.read(quality, 0, quality.length);
  }

  /** There is a report, of a time that ended after this one. */
  boolean isReportedSince(long nanos) {
    return quality != null && qualityEndNanos > nanos;
  }

  /** Notes another leg of the call; false if there are too many. */
  boolean link(byte[] other) {
    for (byte[] known : linked) {
      if (Arrays.equals(known, other)) {
        return true;
      }
    }
    if (linked.length == MAX_LINKED) {
      return false;
    }
    linked = Arrays.copyOf(linked, linked.length + 1);
    linked[linked.length - 1] = other;
    return true;
  }
}
