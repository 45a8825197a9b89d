package io.callscope.cluster;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events that came held against those that the generator says must come, every difference counted.
 *
 * @param calls in the capture
 * @param silent calls of which nothing at all was told
 * @param missing events that must come and did not; a call may have several
 * @param surplus events that came and must not, or twice
 * @param touched calls that miss an event or have one too many
 * @param examples some of them
 */
record EventBalance(
    int calls, int silent, int missing, int surplus, int touched, List<String> examples) {
  private static final int MOST_EXAMPLES = 5;

  /**
   * @param golden the generator's file of events
   * @param events all that came, those of other calls too
   */
  static EventBalance of(Path golden, List<CallEvent> events) throws IOException {
    Map<String, Map<String, Integer>> expected = expected(golden);
    Map<String, Map<String, Integer>> told = new HashMap<>();
    for (CallEvent event : events) {
      if (expected.containsKey(event.text(EventText.CALL_ID))) {
        count(told, event.text(EventText.CALL_ID), event.type().text());
      }
    }
    int missing = 0;
    int surplus = 0;
    int silent = 0;
    int touched = 0;
    List<String> examples = new ArrayList<>();
    for (String callId : expected.keySet()) {
      Map<String, Integer> must = expected.get(callId);
      Map<String, Integer> has = told.getOrDefault(callId, Map.of());
      int less = less(has, must);
      int more = less(must, has);
      missing += less;
      surplus += more;
      touched += less + more > 0 ? 1 : 0;
      silent += has.isEmpty() ? 1 : 0;
      if (less + more > 0 && examples.size() < MOST_EXAMPLES) {
        examples.add(callId + " has " + has + ", must have " + must);
      }
    }
    return new EventBalance(expected.size(), silent, missing, surplus, touched, examples);
  }

  /** Calls of which something must be told. */
  static Set<String> callIds(Path golden) throws IOException {
    return expected(golden).keySet();
  }

  /** The events that must come: how often each type, by Call-ID. */
  private static Map<String, Map<String, Integer>> expected(Path file) throws IOException {
    Map<String, Map<String, Integer>> expected = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t", -1);
      if (!isOverLater(fields)) {
        count(expected, fields[1], fields[0]);
      }
    }
    return expected;
  }

  /** A call that nobody ends is over an hour behind the capture. */
  private static boolean isOverLater(String[] event) {
    return event[0].equals(EventType.CALL_END.text()) && event[2].equals("408");
  }

  private static void count(Map<String, Map<String, Integer>> counts, String callId, String type) {
    counts.computeIfAbsent(callId, id -> new HashMap<>()).merge(type, 1, Integer::sum);
  }

  /** How many events of the second the first has not. */
  private static int less(Map<String, Integer> first, Map<String, Integer> second) {
    int less = 0;
    for (Map.Entry<String, Integer> type : second.entrySet()) {
      less += Math.max(0, type.getValue() - first.getOrDefault(type.getKey(), 0));
    }
    return less;
  }
}
