package io.callscope.tracker.call;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventType;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.sip.SipIndex;
import io.callscope.tracker.call.EventRaiser.Trigger;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateTable;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Follows the calls, registrations and other transactions of one partition: messages and time in,
 * events out. Plain single-threaded Java; the clock is that of the captured messages.
 *
 * <p>A message finds its entry by Call-ID and tags ({@link CallMatcher}), which decides whether it
 * joins, replaces a tag, forks or creates one; rules ({@link RequestRules}, {@link ReplyRules})
 * then say what it does to it.
 */
public final class CallTracker {
  private static final int EXPECTED = 32;

  final CallStore store;
  private final CallMatcher matcher = new CallMatcher();
  private final Arrival arrival = new Arrival();
  private final CallAttributes attributes;
  private final CallFactory factory;
  private final Interner interner = new Interner();
  private final CallEvents events = new CallEvents();
  private final CallProgress progress;
  private final CallExpiry expiry;
  final Registrar registrar;
  private final LeakCheck leakCheck;
  private final ReceiverEvents receiverEvents;
  private final Consumer<CallEvent> sink;
  private final Consumer<RuntimeException> faults;

  /** Null where nothing is saved. */
  private SettingsImage settingsImage;

  // Written so that no compiler takes the reading away; nobody is to read it.
  @SuppressWarnings("unused")
  private long lastTouched;

  private long nowNanos;
  private long settledNanos;

  /**
   * @param sink takes each event, on the caller's thread, in the order they are raised
   * @param faults hears why an entry could not expire: a fault of ours, for which it was dropped
   */
  public CallTracker(
      CallSettings settings,
      CallCounters counters,
      RegCounters regCounters,
      Consumer<CallEvent> sink,
      Consumer<RuntimeException> faults) {
    this.sink = sink;
    this.faults = faults;
    store = new CallStore(settings, counters, this::expire);
    attributes = new CallAttributes(store, interner);
    factory = new CallFactory(store, attributes);
    EventRaiser raiser = new EventRaiser(store, events, sink);
    registrar = new Registrar(store, regCounters, raiser);
    expiry = new CallExpiry(store, raiser, registrar);
    progress = new CallProgress(store, attributes, raiser, registrar, arrival);
    leakCheck = new LeakCheck(store, registrar.bindings());
    receiverEvents = new ReceiverEvents();
  }

  private void expire(CallEntry entry) {
    if (entry.removed) {
      return;
    }
    store.touch(entry);
    try {
      expiry.expire(entry, entry.deadlineNanos);
    } catch (RuntimeException e) {
      // It would throw again at each turn and each message of its call, and keep the others from
      // expiring.
      drop(entry);
      faults.accept(e);
    }
  }

  private void drop(CallEntry entry) {
    if (!entry.removed) {
      registrar.bindings().removeAllOf(entry);
      store.remove(entry);
    }
  }

  /**
   * Moves the clock on and expires what is due; a time before the clock changes nothing. Before the
   * first message it says when watching began.
   *
   * @param nanos ns since 1970
   */
  public void advance(long nanos) {
    if (nanos > nowNanos) {
      nowNanos = nanos;
      events.watchFrom(nanos);
      store.wheel.advance(nanos);
    }
  }

  /** Expires all that is due by the clock, to the nanosecond. */
  public void settle() {
    store.wheel.settle(nowNanos);
    settledNanos = nowNanos;
  }

  /** The clock, ns since 1970; 0 before the first message. */
  public long nowNanos() {
    return nowNanos;
  }

  /** No event of an earlier time will be raised any more, ns since 1970. */
  public long settledNanos() {
    return Math.max(settledNanos, Math.min(nowNanos, store.wheel.settledNanos()));
  }

  /**
   * To be called before each record is followed: brings the entries that some records from it on
   * belong to into the processor's cache, all at once. Met one after the other, each would be
   * waited for alone; fetched for a whole batch, the first would be out of the first cache again.
   * Changes nothing; may be left out.
   */
  public void expect(SipBatch batch, int record) {
    if (record % EXPECTED == 0) {
      touch(batch, record, Math.min(record + EXPECTED, batch.size()));
    }
  }

  private void touch(SipBatch batch, int from, int to) {
    long touched = 0;
    for (int record = from; record < to; record++) {
      CallEntry entry = store.table.chain(batch.callIdHash(record));
      if (entry != null) {
        byte[] texts = entry.texts;
        // Its Call-ID lies on the second line of the cache too.
        touched += entry.deadlineNanos + texts[Math.min(64, texts.length - 1)];
        touched += entry.caller.lastStatus + entry.states;
      }
    }
    lastTouched = touched;
  }

  /** Follows one record of a batch at the clock's time. */
  public void accept(SipBatch batch, int record) {
    RecordKind kind = batch.kind(record);
    if (kind != RecordKind.MESSAGE) {
      store.counters.raised();
      sink.accept(receiverEvents.of(batch, record, nowNanos));
      return;
    }
    arrival.read(batch, record, nowNanos);
    store.counters.tracked(arrival.transport, track(batch.callIdHash(record)));
  }

  /** There is an entry of a Call-ID. */
  public boolean isKnown(byte[] callId, int hash) {
    return newest(callId, hash) != null;
  }

  private CallEntry newest(byte[] callId, int hash) {
    CallEntry entry = store.table.chain(hash);
    while (entry != null
        && !(entry.hash == hash
            && CallText.equals(entry.texts, CallText.CALL_ID, callId, 0, callId.length))) {
      entry = entry.chainNext;
    }
    return entry;
  }

  /**
   * An event of what an SBC has measured of a call.
   *
   * @param otherwise its ends if the call is not known
   */
  public CallEvent qualityEvent(byte[] callId, int hash, EventEnds otherwise) {
    store.counters.raised();
    CallEntry entry = newest(callId, hash);
    return entry == null
        ? events.ofUnknown(EventType.CALL_QUALITY, callId, otherwise, nowNanos)
        : events.of(entry, EventType.CALL_QUALITY, Trigger.REPORT, nowNanos, null);
  }

  private boolean track(int hash) {
    if (!arrival.message.has(SipIndex.FLAGS_TRACKABLE)) {
      store.counters.lacksHeaders();
      return false;
    }
    matcher.find(store.table.chain(hash), hash, arrival);
    while (matcher.metExpired) {
      expireRelated(hash);
      matcher.find(store.table.chain(hash), hash, arrival);
    }
    if (matcher.entry != null) {
      store.touch(matcher.entry);
    }
    return switch (matcher.grade) {
      case NONE -> create(hash);
      case FULL -> progress.apply(matcher.entry, matcher.direction, false);
      case PARTIAL -> applyPartial(matcher.entry, matcher.direction);
      case CALL_ID_ONLY -> applyByCallId(matcher.entry);
    };
  }

  /**
   * Expires the entry of this Call-ID that is due first, so that the message meets the table as it
   * is at its time.
   */
  private void expireRelated(int hash) {
    CallEntry first = null;
    for (CallEntry entry = store.table.chain(hash); entry != null; entry = entry.chainNext) {
      if (entry.hash == hash
          && entry.deadlineNanos <= nowNanos
          && (first == null || entry.deadlineNanos <= first.deadlineNanos)) {
        first = entry;
      }
    }
    store.wheel.remove(first);
    expire(first);
  }

  private boolean create(int hash) {
    if (store.refuses(arrival, matcher)) {
      return false;
    }
    progress.applyFresh(factory.create(hash, arrival), 0, true);
    return true;
  }

  private boolean applyPartial(CallEntry entry, int direction) {
    int tagAt = direction == 0 ? arrival.toTagAt : arrival.fromTagAt;
    int tagLength = direction == 0 ? arrival.toTagLength : arrival.fromTagLength;
    boolean fits =
        CallStore.fits(entry, CallText.length(entry.texts, CallText.FROM_TAG) + tagLength);
    if (CallText.length(entry.texts, CallText.TO_TAG) == 0 && fits) {
      boolean repeat = progress.isRepeat(entry, direction);
      return takeTag(entry, direction, repeat, tagAt, tagLength);
    }
    if (beginsAnew(entry, tagLength) && arrival.isOwnOf(entry) && fits) {
      if (progress.isRepeat(entry, direction)) {
        return progress.apply(entry, direction, true);
      }
      if (arrival.reply && arrival.status == 100) {
        return progress.apply(entry, direction, false);
      }
      return takeTag(entry, direction, false, tagAt, tagLength);
    }
    if (tagLength == 0) {
      return progress.apply(entry, direction, false);
    }
    if (arrival.reply && arrival.status == 100) {
      return true;
    }
    return fork(entry, direction);
  }

  private boolean takeTag(CallEntry entry, int direction, boolean repeat, int at, int length) {
    store.setText(entry, CallText.TO_TAG, arrival.bytes, at, length);
    if (!repeat) {
      entry.flags |= CallFlags.REUSED;
    }
    return progress.apply(entry, direction, repeat);
  }

  /**
   * The message may belong to a new try with another To tag: after a refusal, or as the next of
   * requests that a client sends again and again outside of a dialog, such as OPTIONS.
   */
  private boolean beginsAnew(CallEntry entry, int tagLength) {
    boolean nextRequest = !arrival.reply && tagLength == 0 && !entry.isRegister;
    return isRefused(entry) || (nextRequest && entry.state() == CallState.NON_INV_FIN);
  }

  private static boolean isRefused(CallEntry entry) {
    CallState state = entry.state();
    return state == CallState.INV_NEG || state == CallState.NON_INV_NEG;
  }

  /**
   * Only the Call-ID fits: a client that answers a challenge with a new From tag, or another call.
   */
  private boolean applyByCallId(CallEntry entry) {
    boolean challenged = isRefused(entry) && CallSide.isChallenge(entry.caller.ownStatus);
    boolean fits = CallStore.fits(entry, arrival.fromTagLength + arrival.toTagLength);
    if (!challenged || !arrival.isOwnOf(entry) || !fits) {
      return fork(entry, 0);
    }
    store.setText(
        entry, CallText.FROM_TAG, arrival.bytes, arrival.fromTagAt, arrival.fromTagLength);
    store.setText(entry, CallText.TO_TAG, arrival.bytes, arrival.toTagAt, arrival.toTagLength);
    entry.flags |= CallFlags.REUSED;
    attributes.update(entry, arrival, 0);
    progress.applyFresh(entry, 0, false);
    return true;
  }

  private boolean fork(CallEntry parent, int direction) {
    if (store.refuses(arrival, matcher)) {
      return false;
    }
    progress.applyFresh(factory.fork(parent, direction, arrival), direction, true);
    return true;
  }

  /**
   * Shortens every timer that has more than {@code delayNanos} to go; the entries then expire as
   * ever. Nothing is done before the walk is stepped.
   */
  public ForcedTimeouts forceTimeouts(long delayNanos) {
    return new ForcedTimeouts(store, registrar.bindings(), nowNanos + delayNanos);
  }

  /** The entries as they are saved and restored; from now on their changes are noted for that. */
  public StateTable<?> states() {
    CallStates states = new CallStates(store, registrar.bindings(), interner);
    store.save(states);
    settingsImage = new SettingsImage(store.settings);
    return states;
  }

  /** Writes what is in no entry: clock, numbers, changed settings. */
  public void write(ImageWriter out) {
    out.putLong(nowNanos);
    out.putLong(settledNanos);
    out.putLong(events.watchedFrom());
    out.putLong(store.table.created());
    out.putLong(registrar.bindings().created());
    settingsImage.write(out);
  }

  /** Takes that over, before any entry. */
  public void read(ImageReader in) {
    nowNanos = in.getLong();
    settledNanos = in.getLong();
    events.watchFrom(in.getLong());
    store.table.restoreCreated(in.getLong());
    registrar.bindings().restoreCreated(in.getLong());
    settingsImage.read(in);
    store.wheel.advance(nowNanos);
  }

  /** Nothing has leaked, as far as the settings want that checked. Between two messages only. */
  public boolean isConsistent() {
    return !store.settings.checksLeaks() || leakCheck.isClean();
  }

  public CallSettings settings() {
    return store.settings;
  }

  /** Reads entries for pages; on the thread of the tracker. */
  public CallQuery query() {
    return query((callId, view) -> {});
  }

  /**
   * The same.
   *
   * @param describe adds to the view of a call what else is known of its Call-ID
   */
  public CallQuery query(BiConsumer<byte[], Map<String, Object>> describe) {
    return new CallQuery(this, store, registrar.bindings(), describe);
  }
}
