package io.callscope.web.events;

import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.callscope.web.http.Routes;
import io.callscope.web.list.Field;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Lists;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code /events/live}: the page that follows the stream of events. */
public final class LivePage implements Page {
  private final EventRing ring;
  private final BooleanSupplier inputEnded;

  /**
   * @param inputEnded whether there was input and all of it has ended
   */
  public LivePage(EventRing ring, BooleanSupplier inputEnded) {
    this.ring = ring;
    this.inputEnded = inputEnded;
  }

  /**
   * What the template shows.
   *
   * @param before events that the list has, which this page does not show
   * @param ended no more events are to be expected
   */
  record Model(
      List<Field> fields,
      boolean regex,
      boolean filtered,
      String stream,
      String list,
      long before,
      boolean ended,
      List<String> errors) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    ListQuery query = EventMatcher.read(params);
    List<String> errors = params.finish();
    if (!errors.isEmpty()) {
      Answer wrong = Lists.wrong("Events, live", "events-live", model(query, errors), errors);
      return Future.succeededFuture(wrong);
    }
    Model model = model(query, errors);
    return Future.succeededFuture(
        new Answer(
            200,
            "Events, live",
            "events-live",
            model,
            () -> "Follow the events with: curl -N <this host>" + model.stream + "\n",
            () -> new JsonObject().put("stream", model.stream).put("errors", new JsonArray())));
  }

  private Model model(ListQuery query, List<String> errors) {
    List<Field> fields =
        Arrays.stream(EventField.values())
            .map(f -> new Field(f.parameter(), f.label(), query.value(f.parameter())))
            .toList();
    String filters = query.from(-1);
    EventRing.Range kept = ring.range();
    return new Model(
        fields,
        query.regex(),
        !query.filters().isEmpty(),
        Routes.API + "/events/stream" + filters + "&view=row",
        "/events" + filters,
        kept.next() - kept.oldest(),
        inputEnded.getAsBoolean(),
        List.copyOf(errors));
  }
}
