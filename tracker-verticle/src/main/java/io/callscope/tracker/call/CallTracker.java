package io.callscope.tracker.call;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMethod;
import io.callscope.tracker.call.EventRaiser.Trigger;
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
  private final CallStore store;
  private final CallMatcher matcher = new CallMatcher();
  private final Arrival arrival = new Arrival();
  private final CallAttributes attributes;
  private final CallEvents events = new CallEvents();
  private final EventRaiser raiser;
  private final CallExpiry expiry;
  private final Registrar registrar;
  private final ReceiverEvents receiverEvents;
  private final Consumer<CallEvent> sink;

  // Written so that no compiler takes the reading away; nobody is to read it.
  @SuppressWarnings("unused")
  private long lastTouched;

  private long nowNanos;
  private long settledNanos;

  /**
   * @param sink takes each event, on the caller's thread, in the order they are raised
   */
  public CallTracker(
      CallSettings settings,
      CallCounters counters,
      RegCounters regCounters,
      Consumer<CallEvent> sink) {
    this.sink = sink;
    store = new CallStore(settings, counters, this::expire);
    attributes = new CallAttributes(store);
    raiser = new EventRaiser(store, events, sink);
    registrar = new Registrar(store, regCounters, raiser);
    expiry = new CallExpiry(store, raiser, registrar);
    receiverEvents = new ReceiverEvents();
  }

  private void expire(CallEntry entry) {
    expiry.expire(entry, entry.deadlineNanos);
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
   * Brings the entries that the messages of a batch belong to into the processor's cache, all at
   * once: met one after the other, each would be waited for alone. Changes nothing; may be left
   * out.
   */
  public void expect(SipBatch batch) {
    int size = batch.size();
    long touched = 0;
    for (int record = 0; record < size; record++) {
      CallEntry entry = store.table.chain(batch.callIdHash(record));
      if (entry != null) {
        touched += entry.deadlineNanos + entry.texts.length + entry.caller.lastStatus;
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
    return switch (matcher.grade) {
      case NONE -> create(hash);
      case FULL -> apply(matcher.entry, matcher.direction, false);
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
    CallEntry entry = new CallEntry();
    entry.hash = hash;
    entry.isRegister = arrival.isRegister();
    entry.method = (byte) arrival.method;
    entry.createdNanos = nowNanos;
    setEnds(entry);
    attributes.create(entry, arrival);
    store.add(entry, nowNanos + store.settings.timeoutNanos(CallState.INIT));
    applyFresh(entry, 0, true);
    return true;
  }

  /** The ends as the request saw them: a reply travels the other way. */
  private void setEnds(CallEntry entry) {
    Arrival a = arrival;
    entry.transport = (byte) a.transport.ordinal();
    entry.clientHigh = a.reply ? a.destinationHigh : a.sourceHigh;
    entry.clientLow = a.reply ? a.destinationLow : a.sourceLow;
    entry.serverHigh = a.reply ? a.sourceHigh : a.destinationHigh;
    entry.serverLow = a.reply ? a.sourceLow : a.destinationLow;
    entry.ports =
        a.reply
            ? (a.destinationPort << 16) | a.sourcePort
            : (a.sourcePort << 16) | a.destinationPort;
  }

  private boolean applyPartial(CallEntry entry, int direction) {
    int tagAt = direction == 0 ? arrival.toTagAt : arrival.fromTagAt;
    int tagLength = direction == 0 ? arrival.toTagLength : arrival.fromTagLength;
    boolean fits =
        CallStore.fits(entry, CallText.length(entry.texts, CallText.FROM_TAG) + tagLength);
    if (CallText.length(entry.texts, CallText.TO_TAG) == 0 && fits) {
      boolean repeat = isRepeat(entry, direction);
      return takeTag(entry, direction, repeat, tagAt, tagLength);
    }
    if (isRefused(entry) && arrival.isOwnOf(entry) && fits) {
      if (isRepeat(entry, direction)) {
        return apply(entry, direction, true);
      }
      if (arrival.reply && arrival.status == 100) {
        return apply(entry, direction, false);
      }
      return takeTag(entry, direction, false, tagAt, tagLength);
    }
    if (tagLength == 0) {
      return apply(entry, direction, false);
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
    return apply(entry, direction, repeat);
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
    applyFresh(entry, 0, false);
    return true;
  }

  private boolean fork(CallEntry parent, int direction) {
    if (store.refuses(arrival, matcher)) {
      return false;
    }
    CallEntry child = new CallEntry();
    child.hash = parent.hash;
    child.isRegister = parent.isRegister;
    child.method = (byte) arrival.method;
    child.transport = parent.transport;
    child.clientHigh = parent.clientHigh;
    child.clientLow = parent.clientLow;
    child.serverHigh = parent.serverHigh;
    child.serverLow = parent.serverLow;
    child.ports = parent.ports;
    child.createdNanos = parent.createdNanos;
    child.forkedNanos = nowNanos;
    if (arrival.reply && arrival.status >= 200) {
      // The phone has rung, whoever says now how it went.
      child.earlyNanos = parent.earlyNanos;
    }
    child.marks = parent.marks & ~Registrar.MARKS;
    child.lastEvent = parent.lastEvent;
    child.flags = CallFlags.FORK_CHILD;
    parent.flags |= CallFlags.FORK_PARENT;
    if (parent.side(1 - direction).knowsRequests()) {
      child.sideToChange(1 - direction).inheritCseq(parent.side(1 - direction));
    }
    child.states = parent.states;
    child.stateCount = parent.stateCount;
    MessageTrace.copy(parent, child);
    child.requestedSeconds = parent.requestedSeconds;
    child.moreContacts = parent.moreContacts;
    attributes.fork(child, parent, arrival, direction);
    store.add(child, nowNanos + store.settings.timeoutNanos(CallState.INIT));
    attributes.update(child, arrival, direction);
    applyFresh(child, direction, true);
    return true;
  }

  private boolean isRepeat(CallEntry entry, int direction) {
    int method = arrival.reply ? arrival.cseqMethod : arrival.method;
    if (method == SipMethod.PRACK || method == SipMethod.UPDATE) {
      return true;
    }
    CallSide side = entry.side(direction);
    return arrival.reply
        ? method == SipMethod.ACK
            || side.repeatsReply(method, arrival.cseq, arrival.status, arrival.isOwnOf(entry))
        : side.repeatsRequest(method, arrival.cseq);
  }

  private boolean apply(CallEntry entry, int direction, boolean knownRepeat) {
    if (knownRepeat || isRepeat(entry, direction)) {
      applyRepeat(entry, direction);
    } else {
      attributes.update(entry, arrival, direction);
      applyFresh(entry, direction, false);
    }
    return true;
  }

  /** A retransmission changes no state; it shows that the dialog lives. */
  private void applyRepeat(CallEntry entry, int direction) {
    CallSide side = store.side(entry, direction);
    if (arrival.reply) {
      side.replyRetransmissions++;
    } else {
      side.requestRetransmissions++;
    }
    trace(entry, direction, true);
    store.extendDeadline(entry, nowNanos + store.settings.timeoutNanos(entry.state()));
  }

  private void trace(CallEntry entry, int direction, boolean repeat) {
    boolean byCallee = arrival.reply == (direction == 0);
    int value = arrival.reply ? arrival.status : arrival.method;
    MessageTrace.add(entry, byCallee, arrival.reply, value, repeat);
  }

  private void applyFresh(CallEntry entry, int direction, boolean isNew) {
    StateTrace.add(entry);
    trace(entry, direction, false);
    if (arrival.reply) {
      applyReply(entry, direction, isNew);
    } else {
      applyRequest(entry, direction);
    }
  }

  private void applyRequest(CallEntry entry, int direction) {
    boolean undecided = entry.state() == CallState.INIT && entry.method == SipMethod.ACK;
    if (undecided) {
      // A lone ACK says nothing of what it belongs to; the next request does.
      entry.method = (byte) arrival.method;
    }
    if (entry.isRegister) {
      registrar.request(entry, arrival);
    }
    store.side(entry, direction).sawRequest(arrival.method, arrival.cseq, arrival.isOwnOf(entry));
    int step = RequestRules.step(entry.state(), arrival.method, arrival.hasToTag(), entry.method);
    follow(entry, direction, step, Trigger.REQUEST);
  }

  private void applyReply(CallEntry entry, int direction, boolean isNew) {
    int method = arrival.cseqMethod;
    int status = arrival.status;
    CallSide side = store.side(entry, direction);
    boolean again =
        method != SipMethod.BYE
            && method != SipMethod.CANCEL
            && CallSide.isChallenge(status)
            && side.ownFinalStatus == status;
    side.sawReply(method, arrival.cseq, status, arrival.isOwnOf(entry));
    if (entry.isRegister && CallSide.isSuccess(status)) {
      registrar.success(entry, arrival, isNew && !entry.hasFlag(CallFlags.FORK_CHILD));
      return;
    }
    int step = ReplyRules.step(entry.state(), status, method, arrival.hasToTag(), entry.method);
    follow(entry, direction, step, Trigger.REPLY);
    if (again) {
      raiser.raise(entry, EventType.AUTH_FAILED, Trigger.REPLY, nowNanos);
    }
  }

  private void follow(CallEntry entry, int direction, int step, Trigger trigger) {
    CallState state = Step.state(step);
    if (state != entry.state()) {
      noteTerminator(entry, direction, state);
    }
    store.changeState(entry, state, nowNanos);
    long deadline = nowNanos + store.settings.timeoutNanos(state);
    if (Step.forces(step)) {
      store.forceDeadline(entry, deadline);
    } else {
      store.extendDeadline(entry, deadline);
    }
    EventType event = Step.event(step);
    if (event != EventType.EMPTY) {
      raiser.raise(entry, event, trigger, nowNanos);
    }
  }

  private static void noteTerminator(CallEntry entry, int direction, CallState state) {
    boolean ends = state == CallState.INV_BYE_SEEN || state == CallState.INV_BYE_REPL;
    if (ends && direction == 1) {
      entry.flags |= CallFlags.CALLEE_TERMINATED;
    } else if (state == CallState.INV_BYE_REPL) {
      entry.flags &= ~CallFlags.CALLEE_TERMINATED;
    }
  }

  /**
   * Shortens every timer that has more than {@code delayNanos} to go; the entries then expire as
   * ever.
   *
   * @return how many were shortened
   */
  public int forceTimeouts(long delayNanos) {
    long deadline = nowNanos + delayNanos;
    int forced = 0;
    for (CallEntry entry = store.table.oldest(); entry != null; entry = entry.newerEntry) {
      if (entry.deadlineNanos > deadline) {
        registrar.bindings().shorten(entry, deadline);
        store.forceDeadline(entry, deadline);
        forced++;
      }
    }
    return forced;
  }

  /** Nothing has leaked, as far as the settings want that checked. Between two messages only. */
  public boolean isConsistent() {
    return !store.settings.checksLeaks() || store.isConsistent();
  }

  public CallSettings settings() {
    return store.settings;
  }

  /** Reads entries for pages; on the thread of the tracker. */
  public CallQuery query() {
    return new CallQuery(this, store, registrar.bindings());
  }
}
