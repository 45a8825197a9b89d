package io.callscope.web.calls;

import io.callscope.web.view.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes message and state traces apart. */
final class TraceView {
  private static final Pattern STEP =
      Pattern.compile("\\.\\.\\.\\[(\\d{1,10})]|([<>])([^<>{]{1,32})(?:\\{(\\d{1,3})})?");
  private static final Pattern ARROW = Pattern.compile("->");

  private TraceView() {}

  /**
   * One message, or the older ones that were dropped.
   *
   * @param arrow which way it went: {@code →} from the caller
   * @param what method or status
   * @param note repetitions, empty if none
   */
  record Step(String arrow, String what, String note, String style) {}

  static List<Step> steps(String trace) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(trace);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        steps.add(new Step("", matcher.group(1) + " older messages", "", "omitted"));
        continue;
      }
      boolean fromCaller = matcher.group(2).equals(">");
      String what = matcher.group(3);
      String note = matcher.group(4) == null ? "" : "repeated " + matcher.group(4) + "×";
      steps.add(
          new Step(
              fromCaller ? "→" : "←",
              Shown.brief(what),
              note,
              (fromCaller ? "out " : "in ") + style(what.charAt(0))));
    }
    return steps;
  }

  /** By the first digit of a status; anything else is a method. */
  static String style(char first) {
    return switch (first) {
      case '1' -> "warn";
      case '2' -> "ok";
      case '3', '4', '5', '6' -> "bad";
      default -> "plain";
    };
  }

  static List<String> states(String trace) {
    List<String> states = new ArrayList<>();
    for (String state : ARROW.split(trace, -1)) {
      if (!state.isEmpty()) {
        states.add(Shown.brief(state));
      }
    }
    return states;
  }
}
