package io.callscope.web.list;

import java.util.List;

/**
 * Where a page of a list stands in it, and its neighbours.
 *
 * @param summary for example {@code 100–199 of 1234}
 */
public record Pages(String summary, String next, String previous) {

  /**
   * @param path of the list
   * @param rows on this page
   * @param matches of the whole list
   */
  public static Pages of(ListQuery query, String path, int rows, long matches) {
    long start = query.from();
    long end = start + rows;
    return new Pages(
        rows == 0 ? matches + " match" : start + "\u2013" + (end - 1) + " of " + matches,
        rows > 0 && end < matches ? path + query.from(end) : "",
        start > 0 ? path + query.from(Math.max(start - query.max(), 0)) : "");
  }

  /** The fields of the filter form with what was asked for. */
  public static List<Field> fields(ListQuery query, List<Field> fields) {
    return fields.stream()
        .map(field -> new Field(field.name(), field.label(), query.value(field.name())))
        .toList();
  }
}
