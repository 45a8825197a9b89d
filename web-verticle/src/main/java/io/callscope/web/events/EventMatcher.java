package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Regex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The filters of a list of events, made ready once to be held against many events. */
public final class EventMatcher {
  /** Names of the filters. */
  public static final List<String> FIELDS =
      Arrays.stream(EventField.values()).map(EventField::parameter).toList();

  private final List<Check> checks = new ArrayList<>();

  private record Check(EventField field, String lowerCase, Regex expression) {}

  public EventMatcher(List<ListQuery.Filter> filters) {
    for (ListQuery.Filter filter : filters) {
      EventField field = EventField.valueOf(filter.field().toUpperCase(Locale.ROOT));
      checks.add(new Check(field, filter.value().toLowerCase(Locale.ROOT), filter.expression()));
    }
  }

  /**
   * Whether an event matches all filters.
   *
   * @param clock monotonic ns
   * @param deadlineNanos when by that clock a regular expression is to give up
   * @throws Regex.Unusable if it has to
   */
  public boolean matches(CallEvent event, LongSupplier clock, long deadlineNanos)
      throws Regex.Unusable {
    for (Check check : checks) {
      String value = check.field.of(event);
      boolean match =
          check.expression == null
              ? value.toLowerCase(Locale.ROOT).contains(check.lowerCase)
              : check.expression.find(value, clock, deadlineNanos);
      if (!match) {
        return false;
      }
    }
    return true;
  }
}
