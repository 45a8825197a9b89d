package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import io.callscope.web.http.Params;
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

  private static final List<String> TYPES =
      Arrays.stream(EventType.values()).map(EventType::text).filter(t -> !t.isEmpty()).toList();

  private static final List<String> TRANSPORTS =
      Arrays.stream(Transport.values()).map(Transport::text).toList();

  private static final List<EventField> NUMBERS =
      List.of(EventField.SPORT, EventField.DPORT, EventField.STATUS);

  private final List<Check> checks = new ArrayList<>();

  private record Check(EventField field, String lowerCase, Regex expression) {}

  public EventMatcher(List<ListQuery.Filter> filters) {
    for (ListQuery.Filter filter : filters) {
      EventField field = EventField.valueOf(filter.field().toUpperCase(Locale.ROOT));
      checks.add(new Check(field, filter.value().toLowerCase(Locale.ROOT), filter.expression()));
    }
  }

  /** Reads a list of events. */
  public static ListQuery read(Params params) {
    ListQuery query = ListQuery.read(params, FIELDS, Long.MAX_VALUE - 1);
    hold(params, query);
    return query;
  }

  /**
   * Finds filters that no event can pass: they are misspelt.
   *
   * @param params whose errors tell of them
   */
  public static void hold(Params params, ListQuery query) {
    query.hold(params, EventField.NAME.parameter(), true, TYPES);
    query.hold(params, EventField.PROTO.parameter(), true, TRANSPORTS);
    for (EventField field : NUMBERS) {
      String value = query.value(field.parameter());
      if (!query.regex() && !value.isEmpty() && !value.matches("[0-9]+")) {
        params.error(
            field.parameter(), value, "must be digits: it is found anywhere in the number");
      }
    }
  }

  /**
   * Whether an event matches all filters.
   *
   * @param clock monotonic ns
   * @param deadlineNanos when by that clock a regular expression is to give up
   * @throws Regex.TooSlow if it has to
   * @throws Regex.Unusable if it needs too much stack
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
