package io.callscope.web.rates;

import io.callscope.bus.EventType;
import io.callscope.net.IpNetwork;
import io.callscope.web.http.Params;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.MergedQuery;
import io.callscope.web.list.Regex;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a list of rate entries was asked for.
 *
 * @param filters as the event stage takes them
 * @param slot chosen by {@code ridx}, -1 if none
 * @param link the filters as parameters
 * @param line the filters as the plain list repeats them
 */
record RateAsked(ListQuery query, JsonObject filters, int slot, String link, String line) {
  private static final List<String> SORTS =
      List.of("type", "ip", "total", "exceeded", "changed", "rate0", "rate1", "rate2");
  private static final String TYPES =
      Arrays.stream(EventType.values())
          .filter(type -> type != EventType.EMPTY && type != EventType.INVALID)
          .map(EventType::text)
          .collect(Collectors.joining(", "));
  private static final List<String> OPERATORS = List.of(">=", "<", ">", "<=", "==", "<>");

  static RateAsked read(Params params) {
    ListQuery query = MergedQuery.read(params, List.of(), SORTS);
    JsonObject filters = new JsonObject();
    StringBuilder link = new StringBuilder();
    StringBuilder line = new StringBuilder();
    type(params, filters);
    ip(params, query.regex(), filters);
    Long exceeded =
        params.integer(
            "val",
            -1,
            Integer.MAX_VALUE,
            "must be 1 (over the limit), 0 (not over it) or -1 (all)");
    if (exceeded != null && exceeded >= 0) {
      filters.put("exceeded", exceeded > 0);
    }
    int slot = rate(params, filters);
    for (String name : List.of("name", "ip", "val", "rate", "rop", "ridx")) {
      String value = params.first(name);
      if (!value.isEmpty()) {
        link.append('&').append(name).append('=').append(Links.encoded(value));
        line.append(", ").append(name).append(' ').append(Shown.quoted(value));
      }
    }
    return new RateAsked(query, filters, slot, link.toString(), query.line() + line);
  }

  private static void type(Params params, JsonObject filters) {
    String type = params.first("name");
    if (!type.isEmpty()) {
      EventType known = EventType.named(type);
      if (known == null) {
        params.error("name", type, "is not one of " + TYPES);
      } else {
        filters.put("type", known.text());
      }
    }
  }

  private static void ip(Params params, boolean regex, JsonObject filters) {
    String ip = params.first("ip");
    if (ip.isEmpty()) {
      return;
    }
    try {
      if (regex) {
        filters.put("ip", Regex.compile(ip).javaSyntax()).put("regex", true);
      } else {
        IpNetwork.parse(ip);
        filters.put("ip", ip);
      }
    } catch (Regex.Unusable e) {
      params.error("filter ip: bad regular expression " + Shown.quoted(ip) + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      params.error("ip", ip, "must be an address or a network such as 192.0.2.0/24");
    }
  }

  private static int rate(Params params, JsonObject filters) {
    Long rate = params.integer("rate", 0, Long.MAX_VALUE);
    Long slot = params.integer("ridx", 0, 2, "must be 0, 1 or 2, the number of an interval");
    String operator = params.first("rop");
    if (!operator.isEmpty() && !OPERATORS.contains(operator)) {
      params.error("rop", operator, "is not one of " + String.join(" ", OPERATORS));
    }
    if (rate != null || slot != null) {
      filters
          .put("rate", rate == null ? 0 : rate)
          .put("slot", slot == null ? 0 : slot)
          .put("comparison", operator.isEmpty() || rate == null ? ">=" : operator);
    }
    return slot == null ? (rate == null ? -1 : 0) : slot.intValue();
  }
}
