package io.callscope.web.debug;

import io.callscope.config.BadValueException;
import io.callscope.config.DurationText;
import io.callscope.config.EffectiveSetting;
import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Outcome;
import io.callscope.web.http.Params;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /tcp/timeouts}: how long TCP streams wait for what is missing, or for anything at all. */
public final class TcpTimeouts implements SettingsPage.Settings {
  private static final String PATH = "/tcp/timeouts";

  /** One of them. */
  private record Timeout(String option, String field, String legend, String defaultText) {}

  private static final List<Timeout> TIMEOUTS =
      List.of(
          new Timeout(
              "tcp_gc_int", "gcMillis", "How often streams are looked at for what is stale", "30s"),
          new Timeout(
              "tcp_reorder_timeout",
              "reorderMillis",
              "How long segments wait for one that is missing before them",
              "1m0s"),
          new Timeout(
              "tcp_connection_timeout",
              "connectionMillis",
              "How long a connection without data is kept",
              "1h0m0s"));

  private final List<EffectiveSetting> settings;
  private final Map<String, String> changed = new HashMap<>();

  /**
   * @param settings of the start of the program
   */
  public TcpTimeouts(List<EffectiveSetting> settings) {
    this.settings = settings;
  }

  @Override
  public JsonObject change(Params params) {
    JsonObject change = new JsonObject();
    for (Timeout timeout : TIMEOUTS) {
      Duration wanted = params.duration(timeout.option);
      if (wanted != null) {
        boolean reset = wanted.isNegative() || wanted.isZero();
        change.put(timeout.field, reset ? millis(timeout.defaultText) : wanted.toMillis());
      }
    }
    return change.isEmpty() ? change : change.put("change", "tcp_timeouts");
  }

  private static long millis(String text) {
    try {
      return DurationText.parse(text).toMillis();
    } catch (BadValueException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Future<JsonObject> now() {
    JsonObject now = new JsonObject();
    for (EffectiveSetting setting : settings) {
      if (setting.name().startsWith("tcp_")) {
        now.put(setting.name(), changed.getOrDefault(setting.name(), setting.value()));
      }
    }
    return Future.succeededFuture(now);
  }

  @Override
  public FormPage page(JsonObject now, Outcome outcome, List<String> errors) {
    JsonObject shown = now.copy();
    JsonObject made = outcome.first();
    List<Section> sections = new ArrayList<>();
    for (Timeout timeout : TIMEOUTS) {
      if (made.getValue(timeout.field) instanceof Number millis) {
        String text = DurationText.print(Duration.ofMillis(millis.longValue()));
        changed.put(timeout.option, text);
        shown.put(timeout.option, text);
      }
      sections.add(
          Section.acting(
              timeout.legend,
              "",
              PATH,
              List.of(
                  Input.text(
                      timeout.option,
                      timeout.option,
                      shown.getString(timeout.option, ""),
                      "default " + timeout.defaultText + "; up to 0 restores it")),
              "Set"));
    }
    return new FormPage(
        "TCP timeouts",
        "Every source takes them over at its next look at its streams.",
        List.of(),
        sections,
        shown,
        outcome,
        errors);
  }
}
