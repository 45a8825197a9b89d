package io.callscope.tracker.partition;

import io.callscope.bus.EventTime;
import io.callscope.bus.TextFilter;
import io.callscope.tracker.call.CallFilter;
import io.callscope.tracker.call.CallFilter.Field;
import io.callscope.tracker.call.CallQuery;
import io.callscope.tracker.call.CallScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Answers the queries of {@code docs/bus.md} to a partition, on its thread. A long list is put
 * together in turns, so that messages pass in between.
 */
public final class PartitionQueries {
  /** Entries looked at in one turn: well under a millisecond. */
  private static final int TURN = 2000;

  private static final int MAX_LIMIT = 100_000;

  private final Partition partition;
  private final Executor nextTurn;

  /**
   * @param nextTurn runs a task later on the partition's thread
   */
  public PartitionQueries(Partition partition, Executor nextTurn) {
    this.partition = partition;
    this.nextTurn = nextTurn;
  }

  /** Where an answer goes; one of the two is called, once. */
  public interface Reply {
    void answer(Map<String, Object> answer);

    void refuse(String reason);
  }

  /** Answers a query, now or after some turns. */
  public void ask(Map<String, Object> query, Reply reply) {
    try {
      CallQuery calls = partition.query();
      switch (String.valueOf(query.get("query"))) {
        case "calls" -> {
          CallScan scan =
              calls.calls(filters(query), number(query, "skip", 0), number(query, "limit", 100));
          turn(scan, reply);
        }
        case "call" -> reply.answer(Map.of("calls", calls.call(callId(query))));
        case "tables" -> reply.answer(tables(calls));
        default -> reply.refuse("no such query: " + query.get("query"));
      }
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    }
  }

  private void turn(CallScan scan, Reply reply) {
    boolean done;
    try {
      done = scan.step(TURN);
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
      return;
    }
    if (!done) {
      nextTurn.execute(() -> turn(scan, reply));
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("calls", scan.found());
    answer.put("matches", scan.matches());
    answer.put("entries", scan.entries());
    reply.answer(answer);
  }

  private Map<String, Object> tables(CallQuery calls) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("clock", EventTime.text(partition.nowNanos()));
    answer.put("calls", calls.callTable());
    answer.put("regs", calls.bindingTable());
    return answer;
  }

  private static String callId(Map<String, Object> query) {
    if (query.get("callId") instanceof String callId) {
      return callId;
    }
    throw new IllegalArgumentException("callId must be a text");
  }

  private static List<CallFilter> filters(Map<String, Object> query) {
    List<CallFilter> filters = new ArrayList<>();
    Object value = query.get("filters");
    if (value == null) {
      return filters;
    }
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("filters must be a list");
    }
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> named)) {
        throw new IllegalArgumentException("a filter must be an object");
      }
      filters.add(filter(named));
    }
    return filters;
  }

  private static CallFilter filter(Map<?, ?> filter) {
    String name = String.valueOf(filter.get("field"));
    String value = String.valueOf(filter.get("value"));
    for (Field field : Field.values()) {
      if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
        boolean regex = Boolean.TRUE.equals(filter.get("regex"));
        return new CallFilter(
            field, regex ? TextFilter.matching(value) : TextFilter.containing(value, false));
      }
    }
    throw new IllegalArgumentException("no such filter: " + name);
  }

  private static int number(Map<String, Object> query, String name, int otherwise) {
    Object value = query.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && number.longValue() >= 0) {
      return (int)
          Math.min(number.longValue(), name.equals("limit") ? MAX_LIMIT : Integer.MAX_VALUE);
    }
    throw new IllegalArgumentException(name + " must be a number from 0 on, not " + value);
  }
}
