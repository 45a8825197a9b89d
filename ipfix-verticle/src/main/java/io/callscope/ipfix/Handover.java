package io.callscope.ipfix;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What event loops read from sockets on its way to the collector's thread, in order. It is bounded
 * by asking those who fill it to pause; they go on when most of it has been worked off. For any
 * thread.
 */
final class Handover {
  /** What an item takes beyond its bytes. */
  private static final int ITEM_BYTES = 128;

  private final long highBytes;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong pauses = new AtomicLong();
  private final AtomicBoolean paused = new AtomicBoolean();

  /**
   * @param highBytes so much of it makes the senders pause; they go on at a quarter of it
   */
  Handover(long highBytes) {
    this.highBytes = highBytes;
  }

  /** What happened at a connection, or to the collector. */
  sealed interface Item {}

  record Opened(Connection connection) implements Item {}

  @SuppressWarnings("ArrayRecordComponent") // a holder, never compared
  record Received(Connection connection, byte[] bytes) implements Item {}

  /**
   * @param error why it broke, null if the other side closed it
   */
  record Closed(Connection connection, String error) implements Item {}

  /** Time to look for silent connections: what came before this has been heard. */
  record Tick() implements Item {}

  /** Nothing comes behind it. */
  record Ended() implements Item {}

  /**
   * @return true if the sender is to read no more until it is told to go on
   */
  boolean put(Item item) {
    long now = bytes.addAndGet(size(item));
    items.add(item);
    return now > highBytes;
  }

  private static int size(Item item) {
    return ITEM_BYTES + (item instanceof Received received ? received.bytes().length : 0);
  }

  /** A sender has stopped reading. True if it may go on at once. */
  boolean paused() {
    pauses.incrementAndGet();
    paused.set(true);
    return mayGoOn();
  }

  /** The next item, or null if none comes in time. */
  Item poll(long timeoutNanos) throws InterruptedException {
    Item item = items.poll();
    if (item == null) {
      item = items.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    }
    if (item != null) {
      bytes.addAndGet(-size(item));
    }
    return item;
  }

  /** Senders pause and there is room again; true once a pause. */
  boolean mayGoOn() {
    return bytes.get() <= highBytes / 4 && paused.compareAndSet(true, false);
  }

  long bytes() {
    return bytes.get();
  }

  long pauses() {
    return pauses.get();
  }
}
