package io.callscope.web.calls;

import io.callscope.web.http.Params;
import io.callscope.web.ladder.Window;
import io.callscope.web.view.Links;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a call's diagram was asked for.
 *
 * @param callIds that share it, the page's own first
 * @param portsApart each address with port has a column of its own
 */
record LadderAsked(List<String> callIds, Window window, boolean portsApart) {
  /** Call-IDs in one diagram. */
  private static final int MOST_CALL_IDS = 8;

  /** Reads the parameters; what is wrong with them goes to their errors. */
  static LadderAsked read(String callId, Params params) {
    Set<String> callIds = new LinkedHashSet<>();
    callIds.add(callId);
    callIds.addAll(params.all("with"));
    if (callIds.size() > MOST_CALL_IDS) {
      params.error(
          "parameter with: at most "
              + (MOST_CALL_IDS - 1)
              + " Call-IDs, not "
              + (callIds.size() - 1));
    }
    int first = (int) params.number("first", -1, Window.MOST);
    int last = (int) params.number("last", -1, Window.MOST);
    Window window =
        first < 0 && last < 0
            ? Window.BOTH_ENDS
            : new Window(Math.max(0, first), Math.max(0, last));
    return new LadderAsked(List.copyOf(callIds), window, params.on("ports"));
  }

  /** Its query with another window and choice of columns. */
  String query(Window other, boolean apart, List<String> more) {
    List<String> parts = new ArrayList<>();
    if (!other.equals(Window.BOTH_ENDS)) {
      parts.add("first=" + other.first());
      parts.add("last=" + other.last());
    }
    if (apart) {
      parts.add("ports=1");
    }
    callIds.stream().skip(1).forEach(one -> parts.add("with=" + Links.encoded(one)));
    more.stream()
        .filter(one -> !callIds.contains(one))
        .forEach(one -> parts.add("with=" + Links.encoded(one)));
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }
}
