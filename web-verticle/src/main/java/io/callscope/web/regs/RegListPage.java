package io.callscope.web.regs;

import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.MergedList.Merged;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.list.Column;
import io.callscope.web.list.Column.Kind;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.callscope.web.list.MergedQuery;
import io.callscope.web.list.Pages;
import io.callscope.web.view.Ends;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /regs/list}: the bindings of contacts to AORs. */
public final class RegListPage implements Page {
  private static final String PATH = "/regs/list";

  /** What the list can be filtered by. */
  public static final List<Field> FILTERS =
      List.of(new Field("aor", "AOR", ""), new Field("contact", "Contact", ""));

  private static final List<String> SORTS = List.of("aor", "contact", "source", "moves", "expires");

  private static final Kind[] COLUMNS = {
    Kind.number("#", ""),
    Kind.sorted("AOR", "aor"),
    Kind.sorted("Contact", "contact"),
    Kind.sorted("Reached at", "source"),
    Kind.number("Moves", "moves"),
    Kind.sorted("Expires", "expires"),
    Kind.plain("Call-ID"),
  };

  private final MergedList trackers;

  public RegListPage(TrackerQueries trackers) {
    this.trackers = new MergedList(trackers.partitions());
  }

  /** A row of the table. */
  record Row(
      long number,
      String aor,
      String contact,
      String source,
      String rates,
      long moves,
      String expires,
      boolean deleting,
      String callId,
      String href,
      String events) {}

  /** What the template shows. */
  record Model(
      String path,
      List<Row> rows,
      List<Column> columns,
      List<Field> fields,
      boolean regex,
      int max,
      boolean filtered,
      Pages pages,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    ListQuery query =
        MergedQuery.read(asked.params(), FILTERS.stream().map(Field::name).toList(), SORTS);
    List<String> errors = asked.params().finish();
    if (!errors.isEmpty()) {
      Model model = model(query, new Merged(List.of(), 0, 0, List.of()), errors);
      return Future.succeededFuture(Lists.wrong("Registrations", "reg-list", model, errors));
    }
    return trackers
        .page(MergedQuery.wanted(query, "bindings"))
        .map(merged -> answer(query, merged));
  }

  private static Answer answer(ListQuery query, Merged merged) {
    return new Answer(
        merged.status(),
        "Registrations",
        "reg-list",
        model(query, merged, List.of()),
        () -> text(query, merged),
        () ->
            MergedQuery.json(query, merged, "bindings")
                .put("silent", TrackerQueries.json(merged.silent())));
  }

  private static Model model(ListQuery query, Merged merged, List<String> errors) {
    List<Row> rows = new ArrayList<>();
    for (JsonObject binding : merged.entries()) {
      rows.add(row(query.from() + rows.size(), binding));
    }
    return new Model(
        PATH,
        rows,
        query.columns(PATH, COLUMNS),
        Pages.fields(query, FILTERS),
        query.regex(),
        query.max(),
        query.isFiltered(),
        Pages.of(query, PATH, rows.size(), merged.matches()),
        merged.silent(),
        errors);
  }

  private static Row row(long number, JsonObject binding) {
    String callId = binding.getString("callId", "");
    String aor = binding.getString("aor", "");
    return new Row(
        number,
        Shown.brief(aor),
        Shown.brief(binding.getString("contact", "")),
        Shown.plain(Ends.of(binding.getString("source", ""), binding.getInteger("sourcePort", 0))),
        Links.rates("", binding.getString("source", "")),
        binding.getLong("moves", 0L),
        Times.moment(Times.read(binding.getString("expires", ""))),
        binding.getBoolean("deleting", false),
        Shown.brief(callId),
        Links.call(callId),
        "/events?tu=" + Links.encoded(aor));
  }

  private static String text(ListQuery query, Merged merged) {
    StringBuilder text = new StringBuilder("Registrations: ").append(query.line()).append('\n');
    TrackerQueries.append(text, merged.silent());
    long number = query.from();
    for (JsonObject binding : merged.entries()) {
      text.append(number++)
          .append(". ")
          .append(Shown.quoted(binding.getString("aor", "")))
          .append(" -> ")
          .append(Shown.quoted(binding.getString("contact", "")))
          .append(" call: ")
          .append(Shown.quoted(binding.getString("callId", "")))
          .append('\n');
    }
    return text.toString();
  }
}
