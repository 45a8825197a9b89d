package io.callscope.web.about;

import io.callscope.config.EffectiveSetting;
import io.callscope.web.gather.Current;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /about} and {@code /about/config}. */
public final class AboutPages {
  private final Program config;

  public AboutPages(Program config) {
    this.config = config;
  }

  /**
   * The program as it runs.
   *
   * @param commandLine the program and its arguments, secrets masked
   * @param settings all options in effect, secrets masked, in the order of the page
   * @param partitions tracker partitions that are asked
   * @param trackers tells what holds now, like the two after it
   */
  public record Program(
      String version,
      String commandLine,
      List<EffectiveSetting> settings,
      int partitions,
      Uptime uptime,
      Current trackers,
      Current eventStage,
      Current process) {}

  /** What the template of the configuration shows. */
  record Settings(String commandLine, List<EffectiveSetting> settings) {}

  public Future<Answer> about(Asked asked) {
    List<Fact> facts =
        List.of(
            new Fact("Callscope", config.version()),
            new Fact("Java", System.getProperty("java.runtime.version")),
            new Fact("VM", System.getProperty("java.vm.name")),
            new Fact("System", System.getProperty("os.name") + " " + System.getProperty("os.arch")),
            new Fact("Tracker partitions", Integer.toString(config.partitions())),
            new Fact("Uptime", config.uptime().text()));
    JsonObject json = new JsonObject();
    StringBuilder text = new StringBuilder();
    for (Fact fact : facts) {
      text.append(fact.label()).append(": ").append(Shown.plain(fact.value())).append('\n');
      json.put(fact.label(), fact.value());
    }
    return Future.succeededFuture(
        new Answer(200, "About", "about", facts, text::toString, () -> json));
  }

  /** Options with the values that hold now. */
  public Future<Answer> configuration(Asked asked) {
    return Future.all(
            config.trackers.settings().otherwise(new JsonObject()),
            config.eventStage.settings().otherwise(new JsonObject()),
            config.process.settings().otherwise(new JsonObject()))
        .map(
            all ->
                configuration(
                    new InEffect(all.resultAt(0), all.resultAt(1), all.resultAt(2))
                        .of(config.settings())));
  }

  private Answer configuration(List<EffectiveSetting> settings) {
    return new Answer(
        200,
        "Configuration",
        "config",
        new Settings(config.commandLine(), settings),
        () -> configurationText(settings),
        () -> configurationJson(settings));
  }

  private String configurationText(List<EffectiveSetting> settings) {
    StringBuilder text = new StringBuilder(Shown.plain(config.commandLine())).append('\n');
    for (EffectiveSetting setting : settings) {
      text.append('\t').append(setting.name()).append(": ");
      text.append(Shown.plain(setting.value())).append('\n');
    }
    return text.toString();
  }

  private JsonObject configurationJson(List<EffectiveSetting> inEffect) {
    JsonArray settings = new JsonArray();
    for (EffectiveSetting setting : inEffect) {
      settings.add(
          new JsonObject()
              .put("name", setting.name())
              .put("value", setting.value())
              .put("origin", setting.origin()));
    }
    return new JsonObject().put("commandLine", config.commandLine()).put("settings", settings);
  }
}
