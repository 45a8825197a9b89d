package io.callscope.tracker.partition;

import io.callscope.bus.BatchSequences;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.query.Turns;
import io.callscope.sip.CallIdHash;
import io.callscope.tracker.call.CallCounters;
import io.callscope.tracker.call.CallQuery;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallTracker;
import io.callscope.tracker.call.ForcedTimeouts;
import io.callscope.tracker.call.RegCounters;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.leg.Legs;
import io.callscope.tracker.ring.MessageRing;
import io.callscope.tracker.ring.RingCounters;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share of all calls: batches of its sources in, batches of events out. Everything it has
 * belongs to one thread and needs no bus.
 */
public final class Partition {
  private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

  private final int number;
  private final CallCounters callCounters = new CallCounters();
  private final RegCounters regCounters = new RegCounters();
  private final PartitionCounters counters = new PartitionCounters();
  private final CallTracker tracker;
  private final Legs legs;
  private final PartitionClock clock = new PartitionClock();

  /** Null where messages are not kept. */
  private final MessageRing ring;

  private final BatchSequences sources = new BatchSequences();
  private final OutgoingEvents outgoing;
  private final ToldRecords told;

  /** Null where the state ends with its process. */
  private PartitionState state;

  /**
   * @param traceBytes memory for the messages of recent traffic, 0 for none
   */
  public Partition(int number, CallSettings settings, long traceBytes) {
    this(number, settings, traceBytes, LegSettings.DEFAULTS);
  }

  /** The same with settings for what SBCs tell. */
  public Partition(int number, CallSettings settings, long traceBytes, LegSettings legSettings) {
    this.number = number;
    ring = traceBytes == 0 ? null : new MessageRing(traceBytes, new RingCounters(), this::failed);
    tracker = new CallTracker(settings, callCounters, regCounters, this::raised, this::failed);
    legs = new Legs(legSettings.maxEntries(), legSettings.waitNanos(), tracker::isKnown, this::let);
    outgoing = new OutgoingEvents(number);
    told = new ToldRecords(tracker, legs, this::let);
  }

  private void raised(CallEvent event) {
    legs.pass(event);
  }

  private void let(CallEvent event) {
    if (!outgoing.add(event)) {
      state.counters().skippedEvent();
    }
  }

  public List<CounterGroup> counters() {
    List<CounterGroup> groups = new ArrayList<>(callCounters.groups());
    groups.add(regCounters.group());
    counters.missing(sources.missing());
    groups.add(counters.group());
    groups.add(legs.counters());
    if (ring != null) {
      groups.add(ring.counters());
    }
    if (state != null) {
      groups.add(state.counters().group());
    }
    return groups;
  }

  /** How the state outlives the process; to be asked for before anything else, or not at all. */
  public PartitionState state() {
    if (state == null) {
      state =
          new PartitionState(
              this,
              this::failed,
              number,
              List.of(
                  tracker.states(),
                  legs.states(),
                  outgoing.keepSent(() -> state.counters().forgottenEvent())));
    }
    return state;
  }

  /** Writes what is in no table. */
  void write(ImageWriter out) {
    tracker.write(out);
    legs.write(out);
    clock.write(out);
    PartitionImage.write(sources, out);
    outgoing.write(out);
  }

  /** Takes that over, at this time of a clock of any zero that no one sets. */
  void read(ImageReader in, long monotonicNanos) {
    tracker.read(in);
    legs.read(in);
    clock.read(in, monotonicNanos);
    PartitionImage.read(sources, in);
    outgoing.read(in);
  }

  /** Of a source that sends one batch at a time. */
  public void accept(SipBatch batch, long monotonicNanos) {
    accept(batch, true, monotonicNanos);
  }

  /**
   * Follows all records of a batch, once: a batch that comes again is only acknowledged again. What
   * of it breaks a rule of ours is counted and passed over.
   *
   * @param isFirst whether all that its source has sent before is acknowledged
   * @param monotonicNanos a clock of any zero that no one sets
   * @return false if one before it has still to come, so that it must come again
   */
  public boolean accept(SipBatch batch, boolean isFirst, long monotonicNanos) {
    switch (sources.turn(batch, isFirst)) {
      case REPEATED -> {
        counters.repeated(batch.size());
        return true;
      }
      case EARLY -> {
        return false;
      }
      case NEXT -> follow(batch, monotonicNanos);
    }
    return true;
  }

  private void follow(SipBatch batch, long monotonicNanos) {
    clock.hear(batch.source(), monotonicNanos);
    keep(batch);
    for (int record = 0; record < batch.size(); record++) {
      tracker.expect(batch, record);
      advance(clock.mark(batch.source(), batch.captureNanos(record)));
      follow(batch, record);
    }
    advance(clock.mark(batch.source(), batch.markNanos()));
    if (batch.isLast()) {
      advance(clock.end(batch.source()));
      settle();
    }
    if (!tracker.isConsistent() && counters.leaked() == 1) {
      LOG.error("partition {}: entries and timers differ after a batch", number);
    }
  }

  /**
   * The last owner has sent all events before this time, though its state was saved earlier: timers
   * that end before it have had their say, or would have been moved by a message that is gone.
   *
   * @param nanos ns since 1970
   */
  public void skipTo(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return; // said good-bye: nothing of it is to be expected, nor was meant to go on
    }
    outgoing.skipTo(nanos);
    advance(clock.skipTo(nanos));
  }

  private void keep(SipBatch batch) {
    try {
      if (ring != null) {
        ring.append(batch);
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void follow(SipBatch batch, int record) {
    if (batch.has(record, RecordFlags.LOSS)) {
      outgoing.loss(batch.captureNanos(record));
    }
    try {
      counters.received(batch.kind(record) == RecordKind.MESSAGE);
      switch (batch.kind(record)) {
        case LINK -> told.link(batch, record);
        case QUALITY -> told.quality(batch, record);
        default -> {
          tracker.accept(batch, record);
          if (batch.hasNotes(record)) {
            legs.message(batch, record, tracker.nowNanos());
          }
        }
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /**
   * One message or entry that breaks a rule of ours must not end the partition; the counter turns
   * the health strip red. The log tells of the first, second, fourth and so on.
   */
  private void failed(RuntimeException fault) {
    long times = counters.failed();
    if (Long.bitCount(times) == 1) {
      LOG.error(
          "partition {}: could not go on with a record or entry ({} in all)", number, times, fault);
    }
  }

  private void advance(long nanos) {
    try {
      tracker.advance(nanos);
      legs.advance(tracker.nowNanos());
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void settle() {
    try {
      tracker.settle();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /**
   * Ends the sources whose process is no more: they will not say that they have ended.
   *
   * @param alive names of the processes that are there
   */
  public void endAbandoned(Set<String> alive, long monotonicNanos) {
    for (String source : clock.abandoned(alive, monotonicNanos)) {
      LOG.warn("partition {}: the process of {} is gone", number, source);
      sources.forget(source);
      advance(clock.end(source));
    }
  }

  /** Lets time go on where no source does it. */
  public void tick(long monotonicNanos) {
    advance(clock.tick(monotonicNanos));
    if (clock.isIdle()) {
      settle();
    }
  }

  /** The events since the last time, or null if there are none and the watermark stands still. */
  public EventBatch takeEvents() {
    // When no source is left, nothing can come at the settled time itself any more.
    long settled = tracker.settledNanos() + (clock.isIdle() ? 1 : 0);
    long mark = Math.min(settled, legs.heldSinceNanos());
    return outgoing.take(mark);
  }

  /** The watermark is taken again with the next events, though it stands still. */
  public void repeatMark() {
    outgoing.repeatMark();
  }

  /** The last events; no more will come. */
  public EventBatch takeLastEvents() {
    legs.releaseAll();
    return outgoing.takeAll(Long.MAX_VALUE);
  }

  /**
   * What the last owner has sent and the event stage had not published when that was saved, for a
   * stage that has never had it; null if there is nothing.
   */
  public EventBatch unpublished() {
    return outgoing.unpublished();
  }

  /** Events before this time were published, ns since 1970. */
  public void published(long nanos) {
    outgoing.published(nanos);
  }

  /** Counts how walks over its tables go. */
  public Turns.Watch walks() {
    return counters;
  }

  /** Nobody has acknowledged these. */
  public void lost(EventBatch batch) {
    counters.lost(batch.events().size());
  }

  /** Shortens every timer that has more than this to go, as the walk is stepped. */
  public ForcedTimeouts forceTimeouts(long delayMillis) {
    return tracker.forceTimeouts(delayMillis * 1_000_000);
  }

  public CallSettings settings() {
    return tracker.settings();
  }

  public CallQuery query() {
    return tracker.query(this::describe);
  }

  private void describe(byte[] callId, Map<String, Object> view) {
    legs.describe(callId, view);
    if (state != null) {
      state.describe(view);
    }
  }

  /**
   * What the message ring has of a Call-ID, or null if there is none.
   *
   * @param limit most messages
   * @param maxBytes most bytes of them together
   */
  public MessageRing.Found messages(byte[] callId, int limit, long maxBytes) {
    return ring == null
        ? null
        : ring.find(callId, CallIdHash.of(callId, 0, callId.length), limit, maxBytes);
  }

  /** Names of the sources that have begun and not ended. */
  public List<String> openSources() {
    return clock.sources();
  }

  /** The clock, ns since 1970; 0 before the first message. */
  public long nowNanos() {
    return tracker.nowNanos();
  }
}
