package io.callscope.web.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections and what each waits for, so that clients that send a byte now and then
 * (slowloris) hold nothing for long. Of one thread.
 *
 * @param <C> a connection
 */
final class Connections<C> {
  /** What a client must send at least, on top of the time that each body has. */
  private static final long BODY_BYTES_PER_MILLI = 64;

  private final int max;
  private final Times times;

  /** That without a request at work comes first, the one that waits for longest first of all. */
  private final Map<C, Long> waitingSince = new LinkedHashMap<>();

  private final Map<C, List<Exchange>> atWork = new HashMap<>();
  private long refused;
  private long displaced;
  private long overdue;

  /**
   * How long a client may take.
   *
   * @param headMillis from the opening, or from the last answer, to the head of a request
   * @param bodyMillis from there to the end of its body; a long one has more
   */
  record Times(long headMillis, long bodyMillis) {}

  /** A request that is not answered yet. */
  private static final class Exchange {
    private final Object id;
    private final long bodyUntilMillis;
    private boolean bodyRead;

    private Exchange(Object id, long bodyUntilMillis) {
      this.id = id;
      this.bodyUntilMillis = bodyUntilMillis;
    }
  }

  Connections(int max, Times times) {
    this.max = max;
    this.times = times;
  }

  /**
   * A new connection. Where there are too many, one that has sent no request makes room.
   *
   * @return which is to be closed: null for none, the new one itself if all others are at work
   */
  C opened(C connection, long nowMillis) {
    C close = null;
    if (size() >= max) {
      Iterator<C> oldest = waitingSince.keySet().iterator();
      if (!oldest.hasNext()) {
        refused++;
        return connection;
      }
      close = oldest.next();
      oldest.remove();
      displaced++;
    }
    waitingSince.put(connection, nowMillis);
    return close;
  }

  void closed(C connection) {
    waitingSince.remove(connection);
    atWork.remove(connection);
  }

  /**
   * The head of a request has come.
   *
   * @param bytes of the body, as far as the head tells
   */
  void began(C connection, Object request, long bytes, long nowMillis) {
    long until = nowMillis + times.bodyMillis + bytes / BODY_BYTES_PER_MILLI;
    if (waitingSince.remove(connection) != null || atWork.containsKey(connection)) {
      atWork.computeIfAbsent(connection, c -> new ArrayList<>(1)).add(new Exchange(request, until));
    }
  }

  /** The body of a request has come whole. */
  void bodyRead(C connection, Object request) {
    Exchange exchange = find(connection, request);
    if (exchange != null) {
      exchange.bodyRead = true;
    }
  }

  /** A request is answered. */
  void ended(C connection, Object request, long nowMillis) {
    List<Exchange> exchanges = atWork.get(connection);
    if (exchanges != null
        && exchanges.removeIf(exchange -> exchange.id == request)
        && exchanges.isEmpty()) {
      atWork.remove(connection);
      waitingSince.put(connection, nowMillis);
    }
  }

  private Exchange find(C connection, Object request) {
    for (Exchange exchange : atWork.getOrDefault(connection, List.of())) {
      if (exchange.id == request) {
        return exchange;
      }
    }
    return null;
  }

  /** The connections that have taken too long; they are to be closed. */
  List<C> overdue(long nowMillis) {
    List<C> slow = new ArrayList<>();
    for (Map.Entry<C, Long> one : waitingSince.entrySet()) {
      if (nowMillis - one.getValue() <= times.headMillis) {
        break;
      }
      slow.add(one.getKey());
    }
    atWork.forEach(
        (connection, exchanges) -> {
          if (exchanges.stream().anyMatch(exchange -> isSlow(exchange, nowMillis))) {
            slow.add(connection);
          }
        });
    slow.forEach(this::closed);
    overdue += slow.size();
    return slow;
  }

  private boolean isSlow(Exchange exchange, long nowMillis) {
    return !exchange.bodyRead && nowMillis > exchange.bodyUntilMillis;
  }

  int size() {
    return waitingSince.size() + atWork.size();
  }

  /** Refused since all others were at work. */
  long refused() {
    return refused;
  }

  /** Closed to make room for a new one. */
  long displaced() {
    return displaced;
  }

  /** Closed for being slow. */
  long slow() {
    return overdue;
  }
}
