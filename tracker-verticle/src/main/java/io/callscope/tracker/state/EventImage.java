package io.callscope.tracker.state;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventDebug.Side;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.bus.QualityCodec;
import io.callscope.net.Transport;
import java.io.UncheckedIOException;

/**
 * An event on its way to the event stage, as the bytes of its fields: making its JSON took most of
 * what saving takes. It has no rate and no number yet.
 */
public final class EventImage {
  private static final EventText[] TEXTS = EventText.values();
  private static final Span[] SPANS = Span.values();
  private static final Originator[] ORIGINATORS = Originator.values();
  private static final int TYPES = EventType.values().length;
  private static final int TRANSPORTS = Transport.values().length;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_NAME = 64;
  private static final int MAX_QUALITY = 4096;

  private EventImage() {}

  public static void write(CallEvent event, ImageWriter out) {
    out.putByte(event.type().ordinal());
    out.putLong(event.timeNanos());
    out.putBoolean(event.loss());
    write(event.ends(), out);
    write(event.texts(), out);
    write(event.outcome(), out);
    write(event.debug(), out);
    out.putBoolean(event.quality() != null);
    if (event.quality() != null) {
      out.putBytes(QualityCodec.bytes(event.quality()));
    }
  }

  /** The event of such bytes; a {@link BadImageException} if they are none. */
  public static CallEvent read(ImageReader in) {
    EventType type = EventType.of(in.getByte(TYPES, "event type"));
    long timeNanos = in.getLong();
    boolean loss = in.getBoolean();
    CallEvent event =
        CallEvent.raised(
            type, timeNanos, readEnds(in), readTexts(in), readOutcome(in), readDebug(in));
    event = in.getBoolean() ? event.with(readQuality(in)) : event;
    return loss ? event.withLoss() : event;
  }

  private static void write(EventEnds ends, ImageWriter out) {
    out.putByte(ends.transport().ordinal());
    out.putLong(ends.clientHigh());
    out.putLong(ends.clientLow());
    out.putShort(ends.clientPort());
    out.putLong(ends.serverHigh());
    out.putLong(ends.serverLow());
    out.putShort(ends.serverPort());
  }

  private static EventEnds readEnds(ImageReader in) {
    return new EventEnds(
        Transport.of(in.getByte(TRANSPORTS, "transport")),
        in.getLong(),
        in.getLong(),
        in.getShort(),
        in.getLong(),
        in.getLong(),
        in.getShort());
  }

  private static void write(EventTexts texts, ImageWriter out) {
    int present = 0;
    for (EventText field : TEXTS) {
      present |= texts.has(field) ? 1 << field.ordinal() : 0;
    }
    out.putVar(present);
    for (EventText field : TEXTS) {
      if (texts.has(field)) {
        out.putBytes(texts.raw(field));
      }
    }
  }

  private static EventTexts readTexts(ImageReader in) {
    int present = in.getVar((1 << TEXTS.length) - 1, "texts");
    EventTexts.Builder builder = new EventTexts.Builder();
    for (EventText field : TEXTS) {
      if ((present & 1 << field.ordinal()) != 0) {
        byte[] text = in.getBytes(MAX_TEXT);
        builder.add(field, text, 0, text.length);
      }
    }
    return builder.build();
  }

  private static void write(EventOutcome outcome, ImageWriter out) {
    out.putSigned(outcome.status());
    out.putSigned(outcome.pddMillis());
    out.putSigned(outcome.ringMillis());
    out.putSigned(outcome.finalReplyMillis());
    out.putByte(outcome.span().ordinal());
    out.putSigned(outcome.spanSeconds());
    out.putByte(outcome.originator() == null ? ORIGINATORS.length : outcome.originator().ordinal());
    out.putBoolean(outcome.unmatchedInvite());
    out.putLong(outcome.finalReplyNanos());
  }

  private static EventOutcome readOutcome(ImageReader in) {
    int status = (int) in.getSigned();
    long pddMillis = in.getSigned();
    long ringMillis = in.getSigned();
    long finalReplyMillis = in.getSigned();
    Span span = SPANS[in.getByte(SPANS.length, "span")];
    long spanSeconds = in.getSigned();
    int originator = in.getByte(ORIGINATORS.length + 1, "originator");
    return new EventOutcome(
        status,
        pddMillis,
        ringMillis,
        finalReplyMillis,
        span,
        spanSeconds,
        originator == ORIGINATORS.length ? null : ORIGINATORS[originator],
        in.getBoolean(),
        in.getLong());
  }

  private static void write(EventDebug debug, ImageWriter out) {
    out.putText(debug.state());
    out.putByte(debug.lastEvent().ordinal());
    out.putInt(debug.marks());
    out.putText(debug.trigger());
    out.putLong(debug.createdNanos());
    out.putLong(debug.forkedNanos());
    out.putInt(debug.callFlags());
    write(debug.caller(), out);
    write(debug.callee(), out);
  }

  private static EventDebug readDebug(ImageReader in) {
    return new EventDebug(
        in.getText(MAX_NAME),
        EventType.of(in.getByte(TYPES, "last event")),
        in.getInt(),
        in.getText(MAX_NAME),
        in.getLong(),
        in.getLong(),
        in.getInt(),
        readSide(in),
        readSide(in));
  }

  private static void write(Side side, ImageWriter out) {
    out.putSigned(side.cseq());
    out.putSigned(side.replyCseq());
    out.putSigned(side.requests());
    out.putSigned(side.replies());
    out.putSigned(side.requestRetransmissions());
    out.putSigned(side.replyRetransmissions());
    out.putSigned(side.lastMethod());
    out.putSigned(side.lastStatus());
  }

  private static Side readSide(ImageReader in) {
    return new Side(
        in.getSigned(),
        in.getSigned(),
        (int) in.getSigned(),
        (int) in.getSigned(),
        (int) in.getSigned(),
        (int) in.getSigned(),
        (int) in.getSigned(),
        (int) in.getSigned());
  }

  private static CallQuality readQuality(ImageReader in) {
    byte[] quality = in.getBytes(MAX_QUALITY);
    try {
      return QualityCodec.read(quality, 0, quality.length);
    } catch (UncheckedIOException e) { // it ends too early, or is no UTF-8
      throw new BadImageException("quality");
    }
  }
}
