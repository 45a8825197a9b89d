package io.callscope.tracker.leg;

import io.callscope.sip.CallIdHash;
import io.callscope.tracker.state.BadImageException;
import io.callscope.tracker.state.EventImage;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.ArrayList;
import java.util.List;

/** A leg as bytes, with the call-ends that wait for its report. */
final class LegImage {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_HELD = 10_000;

  private LegImage() {}

  static void write(Leg leg, ImageWriter out) {
    out.putBytes(leg.callId);
    out.putLong(leg.heardNanos);
    putOptional(leg.sbc, out);
    out.putByte(leg.linked.length);
    for (byte[] other : leg.linked) {
      out.putBytes(other);
    }
    putOptional(leg.qualityBytes(), out);
    out.putBoolean(leg.reportsQuality);
    out.putBoolean(leg.ended);
    putHeld(leg, out);
  }

  private static void putOptional(byte[] bytes, ImageWriter out) {
    out.putBoolean(bytes != null);
    if (bytes != null) {
      out.putBytes(bytes);
    }
  }

  private static void putHeld(Leg leg, ImageWriter out) {
    List<HeldEnd> waiting = new ArrayList<>();
    for (HeldEnd end = leg.held; end != null; end = end.next) {
      if (!end.released) {
        waiting.add(0, end);
      }
    }
    out.putVar(waiting.size());
    for (HeldEnd end : waiting) {
      out.putLong(end.deadlineNanos);
      EventImage.write(end.event, out);
    }
  }

  /** The leg of an image, in no table. */
  static Leg read(ImageReader in) {
    byte[] callId = in.getBytes(MAX_BYTES);
    Leg leg = new Leg(callId, CallIdHash.of(callId, 0, callId.length));
    leg.heardNanos = in.getLong();
    leg.sbc = getOptional(in);
    for (int left = in.getByte(); left > 0; left--) {
      ImageReader.check(leg.link(in.getBytes(MAX_BYTES)), "linked");
    }
    byte[] quality = getOptional(in);
    leg.reportsQuality = in.getBoolean();
    leg.ended = in.getBoolean();
    try {
      leg.report(quality);
      for (int left = in.getVar(MAX_HELD, "held"); left > 0; left--) {
        long deadlineNanos = in.getLong();
        leg.held = new HeldEnd(EventImage.read(in), leg, deadlineNanos);
      }
    } catch (BadImageException e) {
      throw e;
    } catch (RuntimeException e) { // whatever the reader of the report makes of bad bytes
      throw new BadImageException("report");
    }
    return leg;
  }

  private static byte[] getOptional(ImageReader in) {
    return in.getBoolean() ? in.getBytes(MAX_BYTES) : null;
  }
}
