package io.callscope.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hash of {@code -calls_timeouts}: {@code inv_1st: 30s, inv_neg 10s}. The value holds whole
 * seconds of those states alone that do not keep their default.
 */
final class TimeoutsSyntax implements Syntax<Map<CallStateTimeout, Integer>> {

  @Override
  public String placeholder() {
    return "STATE:DURATION,...";
  }

  @Override
  public Map<CallStateTimeout, Integer> parse(String text) throws BadValueException {
    Map<CallStateTimeout, Integer> seconds = new EnumMap<>(CallStateTimeout.class);
    List<String> wrong = new ArrayList<>();
    List<String> words = ListText.words(text);
    int at = 0;
    while (at < words.size()) {
      String name = words.get(at++);
      if (at < words.size() && words.get(at).equals(":")) {
        at++;
      }
      if (name.equals(":") || at == words.size() || words.get(at).equals(":")) {
        throw new BadValueException(
            "must be pairs of state and duration such as inv_1st: 30s, stops making sense at \""
                + name
                + "\"");
      }
      put(seconds, name, words.get(at++), wrong);
    }
    if (!wrong.isEmpty()) {
      throw new BadValueException(String.join("; ", wrong));
    }
    return Collections.unmodifiableMap(seconds);
  }

  private static void put(
      Map<CallStateTimeout, Integer> seconds, String name, String value, List<String> wrong) {
    CallStateTimeout state = CallStateTimeout.named(name);
    if (state == null) {
      wrong.add("\"" + name + "\" must be one of " + names());
      return;
    }
    try {
      Duration duration = DurationText.parse(value);
      if (duration.isNegative() || duration.isZero()) {
        seconds.remove(state);
      } else if (duration.toSeconds() < state.minSeconds()
          || duration.toSeconds() > state.maxSeconds()) {
        wrong.add(
            name + " must be " + state.minSeconds() + "s to " + state.maxSeconds() + "s, or 0");
      } else {
        seconds.put(state, (int) duration.toSeconds());
      }
    } catch (BadValueException e) {
      wrong.add(name + " \"" + value + "\" " + e.getMessage());
    }
  }

  private static String names() {
    return Arrays.stream(CallStateTimeout.values())
        .map(CallStateTimeout::shortName)
        .collect(Collectors.joining(", "));
  }

  @Override
  public String print(Map<CallStateTimeout, Integer> value) {
    return value.entrySet().stream()
        .map(
            e ->
                e.getKey().shortName()
                    + ": "
                    + DurationText.print(Duration.ofSeconds(e.getValue())))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String ofPairs(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
