package io.callscope.tracker.ring;

import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.sip.SipIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The raw messages of recent traffic, those of one Call-ID linked from the newest back, so that
 * what a call was made of can be read while it is still inside, whether the call has ended or not.
 * Appending costs the same whatever the ring holds; the oldest messages make room, many at once.
 *
 * <p>Nothing of a message is looked up in a call: parse errors and messages that were refused are
 * found just as well. One thread.
 */
public final class MessageRing {
  /** Links a reader follows at most: Call-IDs made to collide do not keep the thread. */
  private static final int MAX_LINKS = 20_000;

  private final RingMemory memory;
  private final RingIndex index;
  private final RingCounters counters;
  private final Consumer<RuntimeException> faults;

  // Written so that no compiler takes the reading away; nobody is to read it.
  @SuppressWarnings("unused")
  private long lastTouched;

  /**
   * @param bytes of memory it may take, taken as traffic comes; from 64 KiB on
   * @param faults hears why a message could not be kept: a fault of ours
   */
  public MessageRing(long bytes, RingCounters counters, Consumer<RuntimeException> faults) {
    this.counters = counters;
    this.faults = faults;
    memory = new RingMemory(bytes, counters);
    index = new RingIndex(bytes);
  }

  /** Appends all messages of a batch that have a Call-ID. */
  public void append(SipBatch batch) {
    // The places in the index are far apart: asked for together, they are waited for together.
    long touched = 0;
    for (int record = 0; record < batch.size(); record++) {
      touched += index.touch(batch.callIdHash(record));
    }
    lastTouched = touched;
    for (int record = 0; record < batch.size(); record++) {
      try {
        if (batch.kind(record).isMessage()) {
          append(batch, record);
        }
      } catch (RuntimeException e) {
        faults.accept(e);
      }
    }
  }

  private void append(SipBatch batch, int record) {
    if (batch.value(record, SipIndex.CALL_ID + 1) == 0) {
      counters.withoutCallId();
      return;
    }
    long position = memory.reserve(batch.value(record, SipIndex.LENGTH));
    if (position < 0) {
      counters.tooLong();
      return;
    }
    int hash = batch.callIdHash(record);
    long previous = index.replace(hash, position, memory.tail(), counters);
    memory.write(position, previous, batch, record);
  }

  /**
   * The messages of a Call-ID, oldest first: of more than fit, the newest.
   *
   * @param limit most messages
   * @param maxBytes most bytes of them together
   */
  public Found find(byte[] callId, int hash, int limit, long maxBytes) {
    List<RingMessage> found = new ArrayList<>();
    long bytes = 0;
    long position = index.find(hash, memory.tail());
    for (int i = 0; i < MAX_LINKS && position >= memory.tail(); i++) {
      if (memory.isOf(position, callId, hash)) {
        RingMessage message = memory.read(position);
        bytes += message.bytes().length;
        if (found.size() >= limit || bytes > maxBytes) {
          break;
        }
        found.add(message);
      }
      position = memory.previous(position);
    }
    Collections.reverse(found);
    return new Found(found, position == RingIndex.NONE, memory.oldestNanos());
  }

  /**
   * What the ring has of a Call-ID.
   *
   * @param complete no older message of it is known to have been in the ring; it may have been
   *     before {@code sinceNanos}
   * @param sinceNanos capture time from which on the ring has all messages, ns since 1970; 0 while
   *     it has lost none
   */
  public record Found(List<RingMessage> messages, boolean complete, long sinceNanos) {}

  /** Its counters, with the gauges as they are now. */
  public CounterGroup counters() {
    memory.gauge();
    return counters.group();
  }
}
