package io.callscope.web.dashboard;

import io.callscope.bus.EventType;
import io.callscope.counters.CounterTable;
import io.callscope.web.counters.ActiveCalls;
import io.callscope.web.counters.Boards;
import io.callscope.web.counters.RateTotals;
import io.callscope.web.counters.SourceView;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventRingCounters;
import io.callscope.web.figures.Figures;
import io.callscope.web.figures.FiguresFeed;
import io.callscope.web.figures.Plot;
import io.callscope.web.figures.Plots;
import io.callscope.web.health.Health;
import io.callscope.web.health.Hint;
import io.callscope.web.health.Stage;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Paths;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Links;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code /}: how it goes, at a glance. */
public final class DashboardPage implements Page {
  private final Boards boards;
  private final EventRingCounters ringCounters;
  private final EventRing ring;
  private final FiguresFeed feed;
  private final Uptime uptime;

  public DashboardPage(
      Boards boards,
      EventRingCounters ringCounters,
      EventRing ring,
      FiguresFeed feed,
      Uptime uptime) {
    this.boards = boards;
    this.feed = feed;
    this.ringCounters = ringCounters;
    this.ring = ring;
    this.uptime = uptime;
  }

  /** A rate over ten seconds and over a minute. */
  record Rate(String name, String ten, String sixty) {}

  /** Events of a type so far. */
  record TypeCount(Badge type, long count) {}

  /** A source of many events. */
  record Talker(String ip, String href, long events, long failures) {}

  /**
   * What the template shows.
   *
   * @param ratio of calls answered in the last minute
   * @param delay median of the post-dial delay in the last minute
   */
  record Model(
      String uptime,
      boolean figuresKnown,
      long calls,
      long entries,
      long mostEntries,
      long bindings,
      long events,
      String ratio,
      String delay,
      List<Plot> plots,
      List<Talker> talkers,
      List<SourceView> sources,
      List<Rate> rates,
      List<TypeCount> types,
      Health health,
      List<Boards.Instance> instances,
      List<Paths.Link> links) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    CounterTable figures = boards.figures();
    List<SourceView> sources = boards.sources().stream().map(SourceView::of).toList();
    Health health = boards.health();
    List<TypeCount> types = new ArrayList<>();
    for (EventType type : EventType.values()) {
      if (ringCounters.of(type) > 0) {
        types.add(new TypeCount(Badge.of(type), ringCounters.of(type)));
      }
    }
    CounterTable.Row active = figures.find("calls.active");
    Model model =
        new Model(
            uptime.text(),
            !figures.groups().isEmpty(),
            ActiveCalls.in(figures),
            figures.value("calls.active"),
            active == null ? 0 : active.max(),
            figures.value("regs.active"),
            ring.range().next(),
            Plot.text(feed.history().newest("asr")),
            Plot.text(feed.history().newest("pdd50")),
            Plots.of(feed.history(), feed.events()),
            feed.events().talkers().stream().map(DashboardPage::talker).toList(),
            sources,
            rates(),
            types,
            health,
            boards.instances(),
            Paths.LINKS);
    return Future.succeededFuture(
        new Answer(200, "Callscope", "dashboard", model, () -> text(model), () -> json(model)));
  }

  private static Talker talker(Figures.Talker talker) {
    String href = "/events?src=" + Links.encoded(talker.ip());
    return new Talker(talker.ip(), href, talker.events(), talker.failures());
  }

  private List<Rate> rates() {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i < RateTotals.LABELS.size(); i++) {
      rates.add(
          new Rate(
              RateTotals.LABELS.get(i),
              rate(boards.rates().perSecond(i, 10)),
              rate(boards.rates().perSecond(i, 60))));
    }
    return rates;
  }

  private static String rate(OptionalDouble rate) {
    return rate.isPresent()
        ? String.format(Locale.ROOT, "%.1f", rate.getAsDouble())
        : "not yet available";
  }

  private static String text(Model model) {
    StringBuilder text = new StringBuilder("Callscope, uptime: ").append(model.uptime).append('\n');
    text.append("health: ").append(model.health.text()).append('\n');
    for (Hint hint : model.health.hints()) {
      text.append("hint: ").append(hint.withPage()).append('\n');
    }
    text.append("calls: ").append(model.calls).append(" entries: ").append(model.entries);
    text.append(" registrations: ").append(model.bindings);
    text.append(" events: ").append(model.events).append('\n');
    for (SourceView source : model.sources) {
      text.append("input ").append(source.name()).append(": ").append(source.state().text());
      text.append(" packets: ").append(source.packets()).append(' ').append(source.percent());
      text.append(' ').append(source.speed()).append(" packets/s");
      text.append(source.left().isEmpty() ? "" : ", " + source.left() + " left");
      text.append(' ').append(source.error()).append('\n');
    }
    for (Rate rate : model.rates) {
      text.append(rate.name).append("/s: ").append(rate.ten).append(" (10s) ");
      text.append(rate.sixty).append(" (1m0s)\n");
    }
    text.append("answer-seizure ratio: ").append(model.ratio).append(" % (1m0s)\n");
    text.append("post-dial delay: ").append(model.delay).append(" ms median (1m0s)\n");
    for (Talker talker : model.talkers) {
      text.append("talker ").append(talker.ip).append(": ").append(talker.events);
      text.append(" events, ").append(talker.failures).append(" failures (5m0s)\n");
    }
    for (int i = 0; i < model.links.size(); i++) {
      text.append('[').append(i).append(". ").append(model.links.get(i).path()).append("]\n");
    }
    return text.toString();
  }

  private JsonObject json(Model model) {
    JsonObject types = new JsonObject();
    model.types.forEach(type -> types.put(type.type.text(), type.count));
    JsonObject rates = new JsonObject();
    for (int i = 0; i < RateTotals.LABELS.size(); i++) {
      OptionalDouble ten = boards.rates().perSecond(i, 10);
      rates.put(RateTotals.LABELS.get(i), ten.isPresent() ? ten.getAsDouble() : null);
    }
    JsonArray stages = new JsonArray();
    for (Stage stage : model.health.stages()) {
      stages.add(
          new JsonObject()
              .put("name", stage.name())
              .put("in", stage.in())
              .put("handled", stage.handled())
              .put("refused", stage.refusedTotal())
              .put("lost", stage.lostTotal())
              .put("open", stage.open()));
    }
    return new JsonObject()
        .put("uptimeMillis", uptime.millis())
        .put(
            "health",
            new JsonObject()
                .put("state", model.health.state().style())
                .put("text", model.health.text())
                .put(
                    "hints",
                    new JsonArray(model.health.hints().stream().map(Hint::withPage).toList()))
                .put("stages", stages))
        .put("calls", model.calls)
        .put("entries", model.entries)
        .put("registrations", model.bindings)
        .put("events", model.events)
        .put("eventTypes", types)
        .put("sources", new JsonArray(boards.sources()))
        .put("ratesPerSecond", rates)
        .put("answerSeizureRatio", orNull(feed.events().answerSeizureRatio()))
        .put(
            "postDialDelayMillis",
            new JsonObject()
                .put("p50", orNull((double) feed.events().pdd50()))
                .put("p95", orNull((double) feed.events().pdd95()))
                .put("p99", orNull((double) feed.events().pdd99())))
        .put("talkers", talkers(model));
  }

  private static JsonArray talkers(Model model) {
    JsonArray talkers = new JsonArray();
    for (Talker talker : model.talkers) {
      talkers.add(
          new JsonObject()
              .put("ip", talker.ip)
              .put("events", talker.events)
              .put("failures", talker.failures));
    }
    return talkers;
  }

  /** What is not known is below 0. */
  private static Double orNull(double value) {
    return value < 0 ? null : value;
  }
}
