package io.callscope.tracker.leg;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.bus.NoteKind;
import io.callscope.bus.QualityJson;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.CallIdLimit;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What SBCs tell of the calls of a partition, by Call-ID: kept while the call is there and a little
 * longer, since a report may come before the first message or after the last. The call-end of a
 * call whose SBC reports quality waits for the report for a moment, on the clock of the messages.
 * Nothing of this costs a call that is not from an SBC's feed. One thread.
 */
public final class Legs {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A report this fresh is the last one, and no other is waited for. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int MAX_HELD = 10_000;

  /** How many of the oldest are looked at when a new one comes, and as time goes on. */
  private static final int LOOKS_PER_NEW = 2;

  private static final int LOOKS_PER_ADVANCE = 8;

  private final int maxEntries;
  private final long waitNanos;
  private final CallKnown calls;
  private final Consumer<CallEvent> out;
  private final LegCounters counters = new LegCounters();
  private final LegTable table = new LegTable();

  /** In the order of their time. */
  private final Deque<HeldEnd> held = new ArrayDeque<>();

  private int holding;
  private byte[] lastSbc;

  /** Null where nothing is saved. */
  private LegStates states;

  /** Whether a call is there. */
  public interface CallKnown {
    boolean isKnown(byte[] callId, int hash);
  }

  /**
   * @param maxEntries most Call-IDs of which anything is kept
   * @param waitNanos how long a call-end waits for a report, 0 for not at all
   * @param out takes events that have not to wait any longer
   */
  public Legs(int maxEntries, long waitNanos, CallKnown calls, Consumer<CallEvent> out) {
    this.maxEntries = maxEntries;
    this.waitNanos = waitNanos;
    this.calls = calls;
    this.out = out;
  }

  public CounterGroup counters() {
    return counters.group();
  }

  /** What is known as it is saved and restored; from now on changes are noted for that. */
  public StateTable<?> states() {
    states = new LegStates(table, this);
    return states;
  }

  private void touch(Leg leg) {
    if (states != null) {
      states.touch(leg);
    }
  }

  /** Writes what is in no leg. */
  public void write(ImageWriter out) {
    out.putLong(table.created());
  }

  /** Takes that over. */
  public void read(ImageReader in) {
    table.restoreCreated(in.getLong());
  }

  void restore(Leg leg) {
    leg.sbc = leg.sbc == null ? null : shared(leg.sbc);
    table.restore(leg);
    counters.set(counters.entries, table.size());
    for (HeldEnd end = leg.held; end != null; end = end.next) {
      held.add(end);
      holding(1);
    }
  }

  /** All legs are there: what waits, waits in the order of its time again. */
  void restored() {
    List<HeldEnd> waiting = new ArrayList<>(held);
    waiting.sort(Comparator.comparingLong(end -> end.deadlineNanos));
    held.clear();
    held.addAll(waiting);
  }

  /** A message that an SBC has reported, with its notes. */
  public void message(SipBatch batch, int record, long nowNanos) {
    SipMessage message = batch.message(record);
    int length = message.length(SipIndex.CALL_ID);
    int hash = batch.callIdHash(record);
    int at = message.at(SipIndex.CALL_ID);
    if (length == 0) {
      return;
    }
    if (length > CallIdLimit.MAX_KEPT_BYTES) {
      counters.increment(counters.longCallIds);
      return;
    }
    Leg leg = table.find(hash, message.bytes(), at, length);
    if (leg == null) {
      leg = add(Arrays.copyOfRange(message.bytes(), at, at + length), hash, nowNanos);
    } else {
      touch(leg);
      table.heard(leg, nowNanos);
    }
    if (leg == null) {
      return;
    }
    if (leg.sbc == null) {
      leg.sbc = shared(batch.note(record, NoteKind.SBC));
    }
    leg.reportsQuality |= batch.has(record, RecordFlags.REPORTS_QUALITY);
  }

  /** One array for the many legs in a row that are of one SBC. */
  private byte[] shared(byte[] sbc) {
    if (!Arrays.equals(sbc, lastSbc)) {
      lastSbc = sbc;
    }
    return lastSbc;
  }

  /** The leg of a Call-ID, a new one if need be; null where there is no room for it. */
  private Leg leg(byte[] callId, int hash, long nowNanos) {
    Leg leg = table.find(hash, callId, 0, callId.length);
    if (leg == null) {
      return add(callId, hash, nowNanos);
    }
    touch(leg);
    table.heard(leg, nowNanos);
    return leg;
  }

  private Leg add(byte[] callId, int hash, long nowNanos) {
    forget(LOOKS_PER_NEW, nowNanos);
    if (!table.hasRoom(hash)) {
      counters.increment(counters.chainFull);
      return null;
    }
    if (table.size() >= maxEntries) {
      remove(table.oldest());
      counters.increment(counters.evicted);
    }
    Leg leg = new Leg(callId, hash);
    table.add(leg, nowNanos);
    if (states != null) {
      states.added(leg);
    }
    counters.set(counters.entries, table.size());
    return leg;
  }

  /** Forgets what has not been heard of for long, but for those whose call is still there. */
  private void forget(int looks, long nowNanos) {
    for (int i = 0; i < looks; i++) {
      Leg leg = table.oldest();
      if (leg == null || nowNanos - leg.heardNanos < KEPT_NANOS) {
        return;
      }
      if (calls.isKnown(leg.callId, leg.hash)) {
        touch(leg);
        table.heard(leg, nowNanos);
      } else {
        remove(leg);
      }
    }
  }

  private void remove(Leg leg) {
    release(leg, null);
    if (states != null) {
      states.removed(leg);
    }
    table.remove(leg);
    counters.set(counters.entries, table.size());
  }

  /** Another call is a leg of the same one. */
  public void link(byte[] callId, int hash, byte[] other, byte[] sbc, long nowNanos) {
    Leg leg = leg(callId, hash, nowNanos);
    if (leg == null) {
      return;
    }
    leg.sbc = leg.sbc == null ? shared(sbc) : leg.sbc;
    counters.increment(leg.link(other) ? counters.links : counters.linksFull);
  }

  /**
   * The media quality of a call.
   *
   * @return the report, marked if it is late
   */
  public CallQuality quality(byte[] callId, int hash, CallQuality report, long nowNanos) {
    Leg leg = leg(callId, hash, nowNanos);
    counters.increment(counters.reports);
    boolean over = leg != null && leg.ended && leg.held == null;
    boolean late = over || !calls.isKnown(callId, hash);
    CallQuality known = late ? report.asLate() : report;
    if (late) {
      counters.increment(counters.reportsLate);
    }
    if (leg == null) {
      return known;
    }
    leg.report(known);
    leg.reportsQuality = true;
    byte[] ingress = report.ingress().callIdBytes();
    byte[] other = Arrays.equals(ingress, callId) ? report.egress().callIdBytes() : ingress;
    if (other.length > 0 && !Arrays.equals(other, callId)) {
      leg.link(other);
    }
    release(leg, known);
    return known;
  }

  /** A report could not be read. */
  public void badReport() {
    counters.increment(counters.reportsBad);
  }

  /** An event of the partition: it goes on at once, but for a call-end that waits for a report. */
  public void pass(CallEvent event) {
    Leg leg = event.type() == EventType.CALL_END && table.size() > 0 ? find(event) : null;
    if (leg == null) {
      out.accept(event);
      return;
    }
    touch(leg);
    leg.ended = true;
    boolean fresh = leg.isReportedSince(event.timeNanos() - FRESH_NANOS);
    if (fresh || !leg.reportsQuality || waitNanos == 0) {
      end(event, leg.quality());
    } else if (holding >= MAX_HELD) {
      counters.increment(counters.holdFull);
      end(event, leg.quality());
    } else {
      leg.held = new HeldEnd(event, leg, event.timeNanos() + waitNanos);
      held.add(leg.held);
      holding(1);
    }
  }

  private Leg find(CallEvent event) {
    return find(event.texts().raw(EventText.CALL_ID));
  }

  private Leg find(byte[] callId) {
    return table.find(CallIdHash.of(callId, 0, callId.length), callId, 0, callId.length);
  }

  private void end(CallEvent event, CallQuality quality) {
    if (quality != null) {
      counters.increment(counters.attached);
    }
    out.accept(quality == null ? event : event.with(quality));
  }

  private void release(Leg leg, CallQuality quality) {
    touch(leg);
    for (HeldEnd end = leg.held; end != null; end = end.next) {
      if (!end.released) {
        end.released = true;
        holding(-1);
        end(end.event, quality == null ? leg.quality() : quality);
      }
    }
    leg.held = null;
  }

  private void holding(int more) {
    holding += more;
    counters.set(counters.holding, holding);
  }

  /** It is so late: what has waited long enough goes on, what is old is forgotten. */
  public void advance(long nowNanos) {
    while (!held.isEmpty() && (held.peek().released || held.peek().deadlineNanos <= nowNanos)) {
      HeldEnd end = held.poll();
      if (!end.released) {
        counters.increment(counters.holdTimeouts);
        release(end.leg, null);
      }
    }
    if (table.size() > 0) {
      forget(LOOKS_PER_ADVANCE, nowNanos);
    }
  }

  /** Lets go of all that waits. */
  public void releaseAll() {
    held.forEach(end -> release(end.leg, null));
    held.clear();
  }

  /** Time of the oldest event that waits, ns since 1970; the end of time if none does. */
  public long heldSinceNanos() {
    for (HeldEnd end : held) {
      if (!end.released) {
        return end.event.timeNanos();
      }
    }
    return Long.MAX_VALUE;
  }

  /** Adds what is known of the call to its view under the names of {@code docs/bus.md}. */
  public void describe(byte[] callId, Map<String, Object> view) {
    if (table.size() == 0) {
      return;
    }
    Leg leg = find(callId);
    if (leg == null) {
      return;
    }
    if (leg.sbc != null) {
      view.put("sbc", new String(leg.sbc, StandardCharsets.UTF_8));
    }
    if (leg.linked.length > 0) {
      view.put(
          "linked",
          Arrays.stream(leg.linked)
              .map(other -> new String(other, StandardCharsets.UTF_8))
              .toList());
    }
    CallQuality quality = leg.quality();
    if (quality != null) {
      view.put("quality", QualityJson.map(quality));
    }
  }
}
