package io.callscope.ipfix;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many may be connected at a time: the port is open to who has never heard of IPFIX. Where all
 * places are taken, the oldest connection without a handshake makes room. The event loop's, but for
 * what says otherwise.
 */
final class Admission {
  static final String DISPLACED = "no handshake, and another needed its place";

  static final String UNREAD = "it reads no answers";

  private final int most;

  /** The oldest first. */
  private final Set<Connection> open = new LinkedHashSet<>();

  /** Those that the collector has not done with yet: it may have to wait for trackers. */
  private final AtomicInteger kept = new AtomicInteger();

  private final AtomicLong notAllowed = new AtomicLong();
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong displaced = new AtomicLong();
  private final AtomicLong unread = new AtomicLong();

  Admission(int most) {
    this.most = most;
  }

  /** Whether it has a place from now on. Counts it if not. */
  boolean admit(Connection connection) {
    if (kept.get() >= 2L * most || (open.size() >= most && !displace())) {
      full.incrementAndGet();
      return false;
    }
    open.add(connection);
    kept.incrementAndGet();
    return true;
  }

  private boolean displace() {
    for (Connection old : open) {
      if (old.health.get(Health.HANDSHAKES) == 0) {
        open.remove(old);
        displaced.incrementAndGet();
        old.broken = DISPLACED;
        old.peer.close();
        return true;
      }
    }
    return false;
  }

  /** Its address is not one that may connect. */
  void notAllowed() {
    notAllowed.incrementAndGet();
  }

  /** It asks and asks, and lets the answers pile up here: closes it, once. */
  void closeUnread(Connection connection) {
    if (connection.broken == null) {
      unread.incrementAndGet();
      connection.broken = UNREAD;
      connection.peer.close();
    }
  }

  /** Its socket is closed. */
  void closed(Connection connection) {
    open.remove(connection);
  }

  /** The collector is done with one that was admitted. On the collector's thread. */
  void done() {
    kept.decrementAndGet();
  }

  /** All that were refused. For any thread, as those that follow. */
  long refused() {
    return notAllowed.get() + full.get();
  }

  long refusedFull() {
    return full.get();
  }

  long displaced() {
    return displaced.get();
  }

  long unread() {
    return unread.get();
  }
}
