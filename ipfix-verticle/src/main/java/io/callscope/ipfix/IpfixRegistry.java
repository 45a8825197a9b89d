package io.callscope.ipfix;

import io.callscope.query.Fields;
import io.callscope.query.Reply;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of all collectors of a process, so that any of them can answer for all. For any
 * thread.
 */
public final class IpfixRegistry {
  private static final int MAX_ENDED = 100;

  /** Of those, that were never known as SBCs: they must not push others out. */
  private static final int MAX_STRANGERS = 20;

  private static final int DEFAULT_LIMIT = 1000;
  private static final int MAX_LIMIT = 100_000;

  private final AtomicLong nextId = new AtomicLong();
  private final ConcurrentSkipListMap<Long, Health> connections = new ConcurrentSkipListMap<>();
  private final Deque<Health> ended = new ArrayDeque<>();

  /** Among those that have ended. */
  private int strangers;

  private final Set<String> listening = new LinkedHashSet<>();

  long newId() {
    return nextId.getAndIncrement();
  }

  void opened(Health connection) {
    connections.put(connection.id(), connection);
  }

  void ended(Health connection) {
    connections.remove(connection.id());
    synchronized (ended) {
      ended.addFirst(connection);
      if (isStranger(connection) && ++strangers > MAX_STRANGERS) {
        removeOldestStranger();
      } else if (ended.size() > MAX_ENDED) {
        strangers -= isStranger(ended.removeLast()) ? 1 : 0;
      }
    }
  }

  private static boolean isStranger(Health connection) {
    return connection.get(Health.HANDSHAKES) == 0;
  }

  private void removeOldestStranger() {
    Iterator<Health> oldest = ended.descendingIterator();
    while (!isStranger(oldest.next())) {
      // until there is one
    }
    oldest.remove();
    strangers--;
  }

  void listens(String address) {
    synchronized (listening) {
      listening.add(address);
    }
  }

  void listensNoMore(String address) {
    synchronized (listening) {
      listening.remove(address);
    }
  }

  /** Where the collectors of the process listen, as {@code address:port}. */
  public List<String> listening() {
    synchronized (listening) {
      return List.copyOf(listening);
    }
  }

  /** Answers the queries of {@code docs/bus.md} to a collector. */
  public void ask(Map<String, Object> asked, Reply reply) {
    try {
      Fields query = new Fields(asked);
      if (!query.text("query").equals("connections")) {
        reply.refuse("no such query: " + query.text("query"));
        return;
      }
      reply.answer(
          connections(
              query.text("sbc", ""),
              query.atMostInt("skip", 0),
              Math.min(query.atMostInt("limit", DEFAULT_LIMIT), MAX_LIMIT)));
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    }
  }

  private Map<String, Object> connections(String sbc, int skip, int limit) {
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Health> open = of(sbc, connections.descendingMap().values());
    answer.put("listening", listening());
    answer.put("total", open.size());
    answer.put("connections", open.stream().skip(skip).limit(limit).map(Health::view).toList());
    synchronized (ended) {
      answer.put("ended", of(sbc, ended).stream().map(Health::view).toList());
    }
    return answer;
  }

  private static List<Health> of(String sbc, Collection<Health> all) {
    return all.stream().filter(one -> sbc.isEmpty() || one.isOf(sbc)).toList();
  }
}
