package io.callscope.web.list;

import io.callscope.web.http.Params;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a list was asked for.
 *
 * @param max results at most
 * @param start where to begin, -1 if that was not said
 * @param regex whether the filters are regular expressions
 * @param filters combined by AND, in the order of the list's fields
 * @param sort what it is sorted by, empty for the order of creation
 */
public record ListQuery(
    int max, long start, boolean regex, List<Filter> filters, String sort, boolean descending) {
  public static final int DEFAULT_MAX = 100;
  static final int MOST = 10_000;

  /**
   * A field and what to look for.
   *
   * @param expression compiled if the list was asked for regular expressions, else null
   */
  public record Filter(String field, String value, Regex expression) {
    private boolean isLike(String text, boolean ignoreCase) {
      if (expression != null) {
        return expression.mayFind(text);
      }
      return ignoreCase
          ? text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))
          : text.contains(value);
    }
  }

  /** The same for a list that is always in its own order. */
  public static ListQuery read(Params params, List<String> fields, long farthest) {
    return read(params, fields, List.of(), farthest);
  }

  /**
   * Reads the common list parameters; what is wrong goes to the errors of the parameters.
   *
   * @param fields names of the filters
   * @param sorts what the list can be sorted by
   * @param farthest how far from the start the last result may be
   */
  public static ListQuery read(
      Params params, List<String> fields, List<String> sorts, long farthest) {
    return read(params, fields, sorts, farthest, DEFAULT_MAX, MOST);
  }

  /**
   * The same for a list of another length, in its own order.
   *
   * @param usualMax results if nothing else is asked for
   * @param most the largest number of results
   */
  public static ListQuery read(
      Params params, List<String> fields, long farthest, int usualMax, int most) {
    return read(params, fields, List.of(), farthest, usualMax, most);
  }

  private static ListQuery read(
      Params params,
      List<String> fields,
      List<String> sorts,
      long farthest,
      int usualMax,
      int most) {
    int max = (int) params.number("n", usualMax, most);
    long start = params.number("s", -1, farthest);
    boolean regex = params.on("re");
    Map<String, String> wanted = new LinkedHashMap<>();
    String named = params.first("filter");
    String operand = params.first("val");
    if (!named.isEmpty() && !fields.contains(named)) {
      params.error("filter", named, "is not one of " + String.join(", ", fields));
    }
    if (named.isEmpty() && !operand.isEmpty() && !fields.isEmpty()) {
      params.error("val", operand, "says nothing without filter, which names what it is held to");
    }
    for (String field : fields) {
      String value = params.first(field);
      if (value.isEmpty() && field.equals(named)) {
        value = operand;
      }
      if (!value.isEmpty()) {
        wanted.put(field, value);
      }
    }
    List<Filter> filters = new ArrayList<>();
    wanted.forEach((field, value) -> filters.add(filter(params, field, value, regex)));
    String sort = params.first("sort");
    if (!sort.isEmpty() && !sorts.contains(sort)) {
      params.error(
          "sort",
          sort,
          sorts.isEmpty()
              ? "cannot be: this list has an order of its own"
              : "is not one of " + String.join(", ", sorts));
    }
    boolean descending = params.on("desc");
    if (descending && sorts.isEmpty()) {
      params.error("desc", params.first("desc"), "cannot be: this list has an order of its own");
    }
    return new ListQuery(max, start, regex, List.copyOf(filters), sort, descending);
  }

  private static Filter filter(Params params, String field, String value, boolean regex) {
    Regex expression = null;
    if (regex) {
      try {
        expression = Regex.compile(value);
      } catch (Regex.Unusable e) {
        params.error(
            "filter "
                + field
                + ": bad regular expression "
                + Shown.quoted(value)
                + ": "
                + e.getMessage());
      }
    }
    return new Filter(field, value, expression);
  }

  /**
   * Holds a filter to all texts there can be: one that lets none of them through is misspelt.
   *
   * @param ignoreCase where the list itself does
   */
  public void hold(Params params, String field, boolean ignoreCase, Collection<String> texts) {
    for (Filter filter : filters) {
      if (filter.field().equals(field)
          && !(regex && filter.expression() == null)
          && texts.stream().noneMatch(text -> filter.isLike(text, ignoreCase))) {
        params.error(field, filter.value(), "is like none of " + String.join(", ", texts));
      }
    }
  }

  public String value(String field) {
    return filters.stream()
        .filter(filter -> filter.field().equals(field))
        .map(Filter::value)
        .findFirst()
        .orElse("");
  }

  /** It is not in the order of creation. */
  public boolean isSorted() {
    return !sort.isEmpty() || descending;
  }

  /** The start, 0 if none was given. */
  public long from() {
    return Math.max(start, 0);
  }

  /** Whether anything was asked for but the list as a whole. */
  public boolean isFiltered() {
    return !filters.isEmpty();
  }

  /** The columns of a table, each with the link that sorts by it. */
  public List<Column> columns(String path, List<Column.Kind> kinds) {
    List<Column> columns = new ArrayList<>();
    for (Column.Kind kind : kinds) {
      boolean by = kind.sortable() && kind.sort().equals(sort) && isSorted();
      String order = kind.sort().isEmpty() ? "" : "&sort=" + kind.sort();
      String link =
          kind.sortable() ? path + query(-1) + order + (by && !descending ? "&desc=1" : "") : "";
      columns.add(
          new Column(
              kind.label(),
              link,
              by ? (descending ? "descending" : "ascending") : "",
              kind.number()));
    }
    return columns;
  }

  /** The line a plain list begins with. */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append("start ").append(Math.max(start, 0)).append(", max ").append(max);
    for (Filter filter : filters) {
      line.append(", filter ")
          .append(filter.field())
          .append(' ')
          .append(Shown.quoted(filter.value()));
    }
    line.append(", regexp ").append(regex);
    if (isSorted()) {
      line.append(", sort ").append(sort.isEmpty() ? "created" : sort);
      line.append(descending ? " descending" : "");
    }
    return line.toString();
  }

  /** The query string of the same list from another start, for a link. */
  public String from(long newStart) {
    return query(newStart)
        + (sort.isEmpty() ? "" : "&sort=" + sort)
        + (descending ? "&desc=1" : "");
  }

  private String query(long newStart) {
    StringBuilder query = new StringBuilder("?");
    if (newStart >= 0) {
      query.append("s=").append(newStart).append('&');
    }
    query.append("n=").append(max);
    for (Filter filter : filters) {
      query.append('&').append(filter.field()).append('=');
      query.append(URLEncoder.encode(filter.value(), StandardCharsets.UTF_8));
    }
    return query.append(regex ? "&re=1" : "").toString();
  }

  /** The filters as a query on the bus takes them. */
  public JsonArray filtersJson() {
    JsonArray json = new JsonArray();
    for (Filter filter : filters) {
      Regex expression = filter.expression();
      json.add(
          new JsonObject()
              .put("field", filter.field())
              .put("value", expression == null ? filter.value() : expression.javaSyntax())
              .put("regex", regex));
    }
    return json;
  }
}
