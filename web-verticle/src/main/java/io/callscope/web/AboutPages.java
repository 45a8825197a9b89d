package io.callscope.web;

import io.callscope.config.EffectiveSetting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /about} and {@code /about/config}. */
final class AboutPages {
  private final WebConfig config;

  AboutPages(WebConfig config) {
    this.config = config;
  }

  /** What the template of the configuration shows. */
  record Settings(String commandLine, List<EffectiveSetting> settings) {}

  Future<Answer> about(Asked asked) {
    List<EventView.Fact> facts =
        List.of(
            new EventView.Fact("Callscope", config.version()),
            new EventView.Fact("Java", System.getProperty("java.runtime.version")),
            new EventView.Fact("VM", System.getProperty("java.vm.name")),
            new EventView.Fact(
                "System", System.getProperty("os.name") + " " + System.getProperty("os.arch")),
            new EventView.Fact("Tracker partitions", Integer.toString(config.partitions())),
            new EventView.Fact("Uptime", config.uptime()));
    JsonObject json = new JsonObject();
    StringBuilder text = new StringBuilder();
    for (EventView.Fact fact : facts) {
      text.append(fact.label()).append(": ").append(Shown.plain(fact.value())).append('\n');
      json.put(fact.label(), fact.value());
    }
    return Future.succeededFuture(
        new Answer(200, "About", "about", facts, text::toString, () -> json));
  }

  Future<Answer> configuration(Asked asked) {
    return Future.succeededFuture(
        new Answer(
            200,
            "Configuration",
            "config",
            new Settings(config.commandLine(), config.settings()),
            this::configurationText,
            this::configurationJson));
  }

  private String configurationText() {
    StringBuilder text = new StringBuilder(Shown.plain(config.commandLine())).append('\n');
    for (EffectiveSetting setting : config.settings()) {
      text.append('\t').append(setting.name()).append(": ");
      text.append(Shown.plain(setting.value())).append('\n');
    }
    return text.toString();
  }

  private JsonObject configurationJson() {
    JsonArray settings = new JsonArray();
    for (EffectiveSetting setting : config.settings()) {
      settings.add(
          new JsonObject()
              .put("name", setting.name())
              .put("value", setting.value())
              .put("origin", setting.origin()));
    }
    return new JsonObject().put("commandLine", config.commandLine()).put("settings", settings);
  }
}
