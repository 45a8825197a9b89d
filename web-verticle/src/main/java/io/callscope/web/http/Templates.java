package io.callscope.web.http;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.io.ClassPathTemplateLoader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All templates, compiled at the start; rendering may be called from any thread. */
public final class Templates {
  static final List<String> NAMES =
      List.of(
          "dashboard",
          "call-list",
          "call",
          "events",
          "events-live",
          "counters",
          "stats",
          "stats-raw",
          "about",
          "api",
          "config",
          "login",
          "notice",
          "tables",
          "form",
          "reg-list",
          "rate-list",
          "ipfix-list",
          "stats-window",
          "text",
          "inject",
          "cluster");

  private final Map<String, Template> byName = new HashMap<>();

  /** What every page shows around its content. */
  public record Frame(
      String title,
      String version,
      String uptime,
      Assets assets,
      String healthStyle,
      String healthText,
      boolean holdingBack,
      Visitor visitor,
      List<Nav> nav) {}

  /** A link of the navigation. */
  public record Nav(String path, String name, boolean current) {}

  public Templates() throws IOException {
    Handlebars handlebars =
        new Handlebars(new ClassPathTemplateLoader("/io/callscope/web/templates", ".hbs"));
    for (String name : NAMES) {
      byName.put(name, handlebars.compile(name));
    }
  }

  String render(String name, Frame frame, Object model) throws IOException {
    return byName.get(name).apply(Map.of("frame", frame, "page", model));
  }
}
