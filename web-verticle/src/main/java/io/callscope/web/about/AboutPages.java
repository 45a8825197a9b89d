package io.callscope.web.about;

import io.callscope.config.EffectiveSetting;
import io.callscope.web.gather.Current;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
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
      Processes processes) {}

  /** The processes of a cluster, or the one that is all there is. */
  public interface Processes {
    /** Names of all, none where one is all there is. */
    List<String> names();

    /** The name of this one, empty likewise. */
    String own();

    /** Asks one, by its name. */
    Current of(String process);
  }

  /** What the template of the configuration shows. */
  record Settings(String commandLine, List<EffectiveSetting> settings, List<Link> processes) {}

  /** Another process whose options can be looked at. */
  record Link(String name, String link, boolean current) {}

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

  /** Options with the values that hold now, of this process or of the one that is named. */
  public Future<Answer> configuration(Asked asked) {
    String asking = asked.params().first("process");
    String process = asking.isEmpty() ? config.processes.own() : asking;
    if (!process.equals(config.processes.own()) && !config.processes.names().contains(process)) {
      asked
          .params()
          .error(
              "process",
              process,
              config.processes.names().isEmpty()
                  ? "cannot be: there is but this process"
                  : "is not one of " + String.join(", ", config.processes.names()));
      return Future.succeededFuture(Answer.badRequest(asked.params().errors()));
    }
    Current of = config.processes.of(process);
    boolean own = process.equals(config.processes.own());
    return Future.all(
            config.trackers.settings().otherwise(new JsonObject()),
            config.eventStage.settings().otherwise(new JsonObject()),
            of.settings().otherwise(new JsonObject()),
            own ? Future.succeededFuture(new JsonObject()) : of.ask("config"))
        .map(
            all -> {
              Started started = own ? started() : Started.of(all.resultAt(3));
              InEffect now = new InEffect(all.resultAt(0), all.resultAt(1), all.resultAt(2));
              return configuration(process, started.commandLine, now.of(started.settings));
            })
        .otherwise(
            cause ->
                Answer.notice(
                    cause instanceof Current.Unknown unknown ? unknown.status() : 500,
                    "Configuration",
                    List.of(String.valueOf(cause.getMessage()))));
  }

  /** How a process was started. */
  private record Started(String commandLine, List<EffectiveSetting> settings) {
    static Started of(JsonObject answer) {
      List<EffectiveSetting> settings = new ArrayList<>();
      for (Object one : answer.getJsonArray("settings", new JsonArray())) {
        JsonObject setting = (JsonObject) one;
        settings.add(
            new EffectiveSetting(
                setting.getString("name", ""),
                setting.getString("value", ""),
                setting.getString("origin", "")));
      }
      return new Started(answer.getString("commandLine", ""), settings);
    }
  }

  private Started started() {
    return new Started(config.commandLine, config.settings);
  }

  private Answer configuration(
      String process, String commandLine, List<EffectiveSetting> settings) {
    List<Link> processes =
        config.processes.names().stream()
            .map(
                name ->
                    new Link(
                        Shown.plain(name),
                        "/about/config?process=" + Links.encoded(name),
                        name.equals(process)))
            .toList();
    return new Answer(
        200,
        "Configuration",
        "config",
        new Settings(commandLine, settings, processes),
        () -> configurationText(commandLine, settings),
        () -> configurationJson(process, commandLine, settings));
  }

  private static String configurationText(String commandLine, List<EffectiveSetting> settings) {
    StringBuilder text = new StringBuilder(Shown.plain(commandLine)).append('\n');
    for (EffectiveSetting setting : settings) {
      text.append('\t').append(setting.name()).append(": ");
      text.append(Shown.plain(setting.value())).append('\n');
    }
    return text.toString();
  }

  private static JsonObject configurationJson(
      String process, String commandLine, List<EffectiveSetting> inEffect) {
    JsonArray settings = new JsonArray();
    for (EffectiveSetting setting : inEffect) {
      settings.add(
          new JsonObject()
              .put("name", setting.name())
              .put("value", setting.value())
              .put("origin", setting.origin()));
    }
    JsonObject json = new JsonObject().put("commandLine", commandLine).put("settings", settings);
    return process.isEmpty() ? json : json.put("process", process);
  }
}
