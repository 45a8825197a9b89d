package io.callscope.web.list;

import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.MergedList.Merged;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A list that the tracker partitions hold, filtered and sorted, a page of it at a time. */
public final class TrackerListPage implements Page {
  private static final Merged NOTHING = new Merged(List.of(), 0, 0, List.of());

  private final MergedList trackers;
  private final Kind kind;

  /**
   * What a list is of.
   *
   * @param title of the page, and of the plain text
   * @param list name of the query, and of the list in its answers
   * @param filters what it can be filtered by
   * @param sorts what it can be sorted by
   * @param hold finds a filter that nothing can pass, and tells the parameters of it
   * @param row what the template shows of an entry
   * @param line what plain text says of an entry, with the end of the line
   */
  public record Kind(
      String path,
      String title,
      String template,
      String list,
      List<Field> filters,
      List<String> sorts,
      List<Column.Kind> columns,
      BiConsumer<Params, ListQuery> hold,
      View<?> row,
      View<String> line) {}

  /** Makes something of an entry. */
  @FunctionalInterface
  public interface View<T> {
    /**
     * @param number of the entry in the list
     */
    T of(long number, JsonObject entry);
  }

  /** What the template shows. */
  record Model(
      String path,
      List<?> rows,
      List<Column> columns,
      List<Field> fields,
      boolean regex,
      int max,
      boolean filtered,
      Pages pages,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  public TrackerListPage(TrackerQueries trackers, Kind kind) {
    this.trackers = new MergedList(trackers.partitions());
    this.kind = kind;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    List<String> fields = kind.filters.stream().map(Field::name).toList();
    ListQuery query = MergedQuery.read(asked.params(), fields, kind.sorts);
    kind.hold.accept(asked.params(), query);
    List<String> errors = asked.params().finish();
    if (!errors.isEmpty()) {
      Model model = model(query, NOTHING, errors);
      return Future.succeededFuture(Lists.wrong(kind.title, kind.template, model, errors));
    }
    return trackers.page(MergedQuery.wanted(query, kind.list)).map(merged -> answer(query, merged));
  }

  private Answer answer(ListQuery query, Merged merged) {
    return new Answer(
        merged.status(),
        kind.title,
        kind.template,
        model(query, merged, List.of()),
        () -> text(query, merged),
        () ->
            MergedQuery.json(query, merged, kind.list)
                .put("silent", TrackerQueries.json(merged.silent())));
  }

  private Model model(ListQuery query, Merged merged, List<String> errors) {
    List<?> rows = views(query, merged, kind.row);
    return new Model(
        kind.path,
        rows,
        query.columns(kind.path, kind.columns),
        Pages.fields(query, kind.filters),
        query.regex(),
        query.max(),
        query.isFiltered(),
        Pages.of(query, kind.path, rows.size(), merged.matches()),
        merged.silent(),
        errors);
  }

  private String text(ListQuery query, Merged merged) {
    StringBuilder text = new StringBuilder(kind.title + ": ").append(query.line()).append('\n');
    TrackerQueries.append(text, merged.silent());
    views(query, merged, kind.line).forEach(text::append);
    return text.toString();
  }

  private static <T> List<T> views(ListQuery query, Merged merged, View<T> view) {
    List<T> views = new ArrayList<>();
    for (JsonObject entry : merged.entries()) {
      views.add(view.of(query.from() + views.size(), entry));
    }
    return views;
  }
}
