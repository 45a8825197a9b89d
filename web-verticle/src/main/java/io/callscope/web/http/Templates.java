package io.callscope.web.http;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.cache.ConcurrentMapTemplateCache;
import com.github.jknack.handlebars.io.ClassPathTemplateLoader;
import com.github.jknack.handlebars.io.StringTemplateSource;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All templates, compiled at the start, what they include when it is needed first; rendering may be
 * called from any thread.
 */
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

  /** Reads each template once: what others include is asked for whenever it is shown. */
  private static final class Loader extends ClassPathTemplateLoader {
    private final Map<String, TemplateSource> read = new ConcurrentHashMap<>();

    Loader() {
      super("/io/callscope/web/templates", ".hbs");
    }

    @Override
    public TemplateSource sourceAt(String location) throws IOException {
      TemplateSource source = read.get(location);
      if (source == null) {
        TemplateSource file = super.sourceAt(location);
        source = new StringTemplateSource(file.filename(), file.content(StandardCharsets.UTF_8));
        read.put(location, source);
      }
      return source;
    }
  }

  public Templates() throws IOException {
    // Without a cache, whatever is included would be parsed again for each page.
    Handlebars handlebars = new Handlebars(new Loader()).with(new ConcurrentMapTemplateCache());
    for (String name : NAMES) {
      byName.put(name, handlebars.compile(name));
    }
  }

  String render(String name, Frame frame, Object model) throws IOException {
    return byName.get(name).apply(Map.of("frame", frame, "page", model));
  }
}
