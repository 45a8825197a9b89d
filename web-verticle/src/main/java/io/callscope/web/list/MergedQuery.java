package io.callscope.web.list;

import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.MergedList.Wanted;
import io.callscope.web.http.Params;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A list query to services that hold parts of the list. */
public final class MergedQuery {
  private MergedQuery() {}

  /** Reads the parameters; such a list goes only so far from its start. */
  public static ListQuery read(Params params, List<String> fields, List<String> sorts) {
    ListQuery query = ListQuery.read(params, fields, sorts, MergedList.FARTHEST);
    long farthest = query.isSorted() ? MergedList.FARTHEST_SORTED : MergedList.FARTHEST;
    if (query.from() + query.max() > farthest) {
      params.error(
          "parameters s and n: the list goes no further than "
              + farthest
              + "; narrow it with a filter");
    }
    return query;
  }

  /**
   * @param list name of the query and of the list in its answers
   */
  public static Wanted wanted(ListQuery query, String list) {
    return wanted(query, list, new JsonObject().put("filters", query.filtersJson()));
  }

  public static Wanted wanted(ListQuery query, String list, JsonObject filters) {
    return new Wanted(
        filters.put("query", list),
        list,
        query.from(),
        query.max(),
        query.sort(),
        query.descending());
  }

  /** What every answer of a list says of it. */
  public static JsonObject json(ListQuery query, MergedList.Merged merged, String list) {
    return new JsonObject()
        .put("start", query.from())
        .put("max", query.max())
        .put("filters", query.filtersJson())
        .put("sort", query.sort())
        .put("descending", query.descending())
        .put("matches", merged.matches())
        .put("entries", merged.all())
        .put(list, new JsonArray(merged.entries()));
  }
}
