package io.callscope.web.rates;

import io.callscope.counters.CounterTable;
import io.callscope.web.gather.MergedList;
import io.callscope.web.gather.MergedList.Merged;
import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.list.Column;
import io.callscope.web.list.Column.Kind;
import io.callscope.web.list.Lists;
import io.callscope.web.list.MergedQuery;
import io.callscope.web.list.Pages;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Times;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /evrateblst/list}: how many events of each type each address causes. */
public final class RateListPage implements Page {
  private static final String PATH = "/evrateblst/list";
  private static final List<Kind> COLUMNS =
      List.of(
          Kind.number("#", ""),
          Kind.sorted("Type", "type"),
          Kind.sorted("Address", "ip"),
          Kind.number("Events", "total"),
          Kind.sorted("Run", "exceeded"),
          Kind.number("Rate 0", "rate0"),
          Kind.number("Rate 1", "rate1"),
          Kind.number("Rate 2", "rate2"),
          Kind.sorted("State since", "changed"));

  private final Questions eventStage;
  private final Supplier<CounterTable> figures;

  /**
   * @param figures the counters of all services
   */
  public RateListPage(Questions eventStage, Supplier<CounterTable> figures) {
    this.eventStage = eventStage;
    this.figures = figures;
  }

  /** What the template shows. */
  record Model(
      String path,
      List<RateView> rows,
      List<Column> columns,
      List<Fact> totals,
      boolean filtered,
      String ip,
      String name,
      String val,
      String rate,
      String rop,
      String ridx,
      boolean regex,
      int max,
      Pages pages,
      List<TrackerQueries.Silent> silent,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    RateAsked wanted = RateAsked.read(asked.params());
    List<String> errors = asked.params().finish();
    if (!errors.isEmpty()) {
      Model model = model(asked, wanted, new Merged(List.of(), 0, 0, List.of()), errors);
      return Future.succeededFuture(Lists.wrong("Event rates", "rate-list", model, errors));
    }
    return new MergedList(eventStage)
        .page(MergedQuery.wanted(wanted.query(), "rates", wanted.filters().copy()))
        .compose(
            merged ->
                eventStage
                    .ask(new JsonObject().put("query", "tables"))
                    .map(
                        tables -> {
                          String clock =
                              tables.parts().isEmpty()
                                  ? ""
                                  : tables.parts().get(0).body().getString("clock", "");
                          return answer(asked, wanted, merged, Times.read(clock));
                        }));
  }

  private Answer answer(Asked asked, RateAsked wanted, Merged merged, long nowNanos) {
    List<Fact> totals = totals();
    return new Answer(
        merged.status(),
        "Event rates",
        "rate-list",
        model(asked, wanted, merged, List.of()),
        () -> text(wanted, merged, totals, nowNanos),
        () -> json(wanted, merged, totals));
  }

  private List<Fact> totals() {
    CounterTable now = figures.get();
    return List.of(
        new Fact("total_events", Long.toString(now.value("ev_rate.total_events"))),
        new Fact("blst_type", Long.toString(now.value("ev_rate.blst_type"))),
        new Fact("blst_rate", Long.toString(now.value("ev_rate.blst_rate"))),
        new Fact("tracking_fail", Long.toString(now.value("ev_rate.tracking_fail"))));
  }

  private Model model(Asked asked, RateAsked wanted, Merged merged, List<String> errors) {
    List<RateView> rows = new ArrayList<>();
    boolean collects = figures.get().hasGroup("ipfix");
    for (JsonObject rate : merged.entries()) {
      rows.add(RateView.of(wanted.query().from() + rows.size(), rate, wanted.slot(), collects));
    }
    Pages pages = Pages.of(wanted.query(), PATH, rows.size(), merged.matches());
    var params = asked.params();
    return new Model(
        PATH,
        rows,
        wanted.query().columns(PATH, COLUMNS).stream().map(c -> with(c, wanted.link())).toList(),
        totals(),
        !wanted.filters().isEmpty(),
        params.first("ip"),
        params.first("name"),
        params.first("val"),
        params.first("rate"),
        params.first("rop"),
        params.first("ridx"),
        wanted.query().regex(),
        wanted.query().max(),
        new Pages(pages.summary(), with(pages.next(), wanted), with(pages.previous(), wanted)),
        merged.silent(),
        errors);
  }

  private static Column with(Column column, String filters) {
    return column.href().isEmpty()
        ? column
        : new Column(column.label(), column.href() + filters, column.sorted(), column.number());
  }

  private static String with(String href, RateAsked wanted) {
    return href.isEmpty() ? href : href + wanted.link();
  }

  private static String text(RateAsked wanted, Merged merged, List<Fact> totals, long nowNanos) {
    StringBuilder text = new StringBuilder("Event rates: ").append(wanted.line()).append('\n');
    TrackerQueries.append(text, merged.silent());
    for (Fact total : totals) {
      text.append(total.label()).append(": ").append(total.value()).append(' ');
    }
    text.append('\n');
    long number = wanted.query().from();
    for (JsonObject rate : merged.entries()) {
      RateView.append(text, number++, rate, wanted.slot(), nowNanos);
    }
    return text.toString();
  }

  private static JsonObject json(RateAsked wanted, Merged merged, List<Fact> totals) {
    JsonObject sums = new JsonObject();
    totals.forEach(total -> sums.put(total.label(), Long.valueOf(total.value())));
    return MergedQuery.json(wanted.query(), merged, "rates")
        .put("filter", wanted.filters())
        .put("totals", sums)
        .put("silent", TrackerQueries.json(merged.silent()));
  }
}
