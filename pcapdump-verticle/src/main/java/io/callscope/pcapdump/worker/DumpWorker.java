package io.callscope.pcapdump.worker;

import io.callscope.bus.BatchSequences;
import io.callscope.bus.CallEvent;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.CallId;
import io.callscope.pcapdump.file.DropReason;
import io.callscope.pcapdump.file.DumpCounters;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One writer: batches of its sources in, files of its calls out. One thread, not an event loop. */
public final class DumpWorker {
  private static final Logger LOG = LoggerFactory.getLogger(DumpWorker.class);

  private final CallFiles files;
  private final DumpCounters counters;
  private final Supplier<DumpState> state;
  private final Comments comments;
  private final EventComments events;
  private final Decisions decisions;
  private final BatchSequences sequences = new BatchSequences();
  private final Envelope envelope = new Envelope();
  private final CallId id = new CallId();
  private boolean failed;

  /**
   * @param comments whether the files have comments
   * @param partitions of call tracking
   * @param writers how many there are
   * @param state what to write now; asked at each batch
   */
  public DumpWorker(
      CallFiles files,
      DumpCounters counters,
      boolean comments,
      int partitions,
      int writers,
      Supplier<DumpState> state) {
    this.files = files;
    this.counters = counters;
    this.state = state;
    decisions = new Decisions(writers);
    this.comments = new Comments(comments, partitions);
    events = new EventComments(files, counters);
  }

  /**
   * Takes a batch, once: one that comes again is only acknowledged again.
   *
   * @param isFirst whether all that its source has sent before is acknowledged
   * @return false if one before it has still to come, so that it must come again
   */
  public boolean accept(SipBatch batch, boolean isFirst, long nowMillis) {
    switch (sequences.turn(batch, isFirst)) {
      case REPEATED -> {
        counters.repeated(batch.size());
        return true;
      }
      case EARLY -> {
        return false;
      }
      case NEXT -> follow(batch, nowMillis);
    }
    return true;
  }

  private void follow(SipBatch batch, long nowMillis) {
    counters.received(batch.size());
    DumpState now = state.get();
    for (int record = 0; record < batch.size(); record++) {
      try {
        write(batch, record, now, nowMillis);
      } catch (RuntimeException e) {
        // One message that breaks a rule of ours must not end the writer.
        counters.dropped(DropReason.OTHER, 1);
        if (!failed) {
          LOG.error("a message of {} could not be dumped", batch.source(), e);
        }
        failed = true;
      }
    }
    if (batch.isLast()) {
      files.flush(nowMillis); // so that all is on the disk once the source is done
    }
    tick(nowMillis);
  }

  private void write(SipBatch batch, int record, DumpState now, long nowMillis) {
    SipMessage message = batch.message(record);
    id.set(
        message.bytes(),
        message.at(SipIndex.CALL_ID),
        message.length(SipIndex.CALL_ID),
        batch.callIdHash(record));
    if (!now.on()) {
      counters.notOn();
      return;
    }
    if (!decisions.wants(now.filter(), id, batch, record)) {
      counters.filtered();
      return;
    }
    envelope.transport = batch.transport(record);
    envelope.captureNanos = batch.captureNanos(record);
    envelope.sourceHigh = batch.sourceHigh(record);
    envelope.sourceLow = batch.sourceLow(record);
    envelope.destinationHigh = batch.destinationHigh(record);
    envelope.destinationLow = batch.destinationLow(record);
    envelope.sourcePort = batch.sourcePort(record);
    envelope.destinationPort = batch.destinationPort(record);
    boolean good =
        batch.kind(record) == RecordKind.MESSAGE && message.has(SipIndex.FLAGS_TRACKABLE);
    files.add(
        id,
        envelope,
        message.bytes(),
        batch.payloadStart(record),
        batch.payloadLength(record),
        good,
        comments.of(batch, record),
        nowMillis);
    events.written(id, envelope.captureNanos);
  }

  /** An event was raised; the message that did so gets a comment. */
  public void event(CallEvent event) {
    events.raised(event);
  }

  /** Writes what is due. */
  public void tick(long nowMillis) {
    files.tick(nowMillis);
  }

  /**
   * Writes everything; no batch may follow.
   *
   * @param outOfTime whether to give up
   */
  public void end(long nowMillis, BooleanSupplier outOfTime) {
    files.end(nowMillis, outOfTime);
  }
}
