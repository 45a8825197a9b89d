package io.callscope.web.forms;

import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The form that leads to a list: one filter, start and maximum. */
public final class QueryForm implements Page {
  private final String title;
  private final String path;
  private final List<Field> filters;

  /**
   * @param path of the list
   * @param filters by name and label
   */
  public QueryForm(String title, String path, List<Field> filters) {
    this.title = title;
    this.path = path;
    this.filters = filters;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    List<String[]> choices = new ArrayList<>();
    JsonArray names = new JsonArray();
    for (Field filter : filters) {
      choices.add(new String[] {filter.name(), filter.label()});
      names.add(filter.name());
    }
    List<Input> inputs =
        List.of(
            Input.select("filter", "Filter", filters.get(0).name(), "", choices),
            Input.text("val", "Value", "", "a part of it; case counts in calls and registrations"),
            Input.check("re", "Value is a regular expression", false),
            Input.number("n", "At most", ListQuery.DEFAULT_MAX, ""),
            Input.number("s", "Start", 0, ""));
    return Future.succeededFuture(
        FormPage.of(
                title,
                "Leads to " + path + ", where filters can also be combined.",
                List.of(Section.asking(path, inputs)),
                new JsonObject().put("list", path).put("filters", names),
                List.of())
            .answer());
  }
}
