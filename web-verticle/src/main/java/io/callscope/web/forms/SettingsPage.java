package io.callscope.web.forms;

import io.callscope.web.gather.Controls;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A page that shows settings of a running service and changes them. */
public final class SettingsPage implements Page {
  private final Controls controls;
  private final String service;
  private final Settings settings;

  /** Which settings. */
  public interface Settings {
    /**
     * The change that the parameters ask for, empty if none; what is wrong with them goes to their
     * errors.
     */
    JsonObject change(Params params);

    /** The change with what it leaves open from what holds now. */
    default JsonObject complete(JsonObject change, JsonObject now) {
      return change;
    }

    /**
     * The change as the services take it, one after the other; a step may name a {@code service} of
     * its own.
     */
    default List<JsonObject> steps(JsonObject change) {
      return List.of(change);
    }

    /** What holds now; fails if nobody tells. */
    Future<JsonObject> now();

    /** The page about it; if nobody tells what holds now, of an empty object. */
    FormPage page(JsonObject now, Outcome outcome, List<String> errors);
  }

  public SettingsPage(Controls controls, String service, Settings settings) {
    this.controls = controls;
    this.service = service;
    this.settings = settings;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    Params params = asked.params();
    JsonObject change = settings.change(params);
    List<String> errors = List.copyOf(params.finish());
    boolean acts = asked.acts() && errors.isEmpty() && !change.isEmpty();
    if (!acts) {
      return show(Outcome.NOTHING, errors);
    }
    return settings
        .now()
        .compose(now -> make(settings.steps(settings.complete(change, now)), Outcome.NOTHING))
        .compose(outcome -> show(outcome, errors))
        .otherwise(cause -> unknown(cause, Outcome.NOTHING, errors));
  }

  /** Goes no further than the first step that somebody refuses. */
  private Future<Outcome> make(List<JsonObject> steps, Outcome before) {
    return steps.isEmpty() || before.status() != 200
        ? Future.succeededFuture(before)
        : controls
            .change(steps.get(0).getString("service", service), steps.get(0))
            .compose(outcome -> make(steps.subList(1, steps.size()), before.and(outcome)));
  }

  private Future<Answer> show(Outcome outcome, List<String> errors) {
    return settings
        .now()
        .map(now -> settings.page(now, outcome, errors).answer())
        .otherwise(cause -> unknown(cause, outcome, errors));
  }

  private Answer unknown(Throwable cause, Outcome outcome, List<String> errors) {
    int status = cause instanceof Current.Unknown unknown ? unknown.status() : 503;
    List<String> all = new ArrayList<>(errors);
    all.add("ERROR: " + cause.getMessage());
    return settings.page(new JsonObject(), outcome, all).answer(errors.isEmpty() ? status : 400);
  }
}
