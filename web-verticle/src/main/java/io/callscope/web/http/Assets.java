package io.callscope.web.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Style sheets, scripts and the icon, held in memory. A path carries a checksum of its content, so
 * a browser may keep it for ever.
 */
public final class Assets {
  public static final String PREFIX = "/assets/";

  /** The webjars' versions stand here and in the parent POM, nowhere else. */
  private static final String PICO =
      "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";

  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";
  private static final String OURS = "/io/callscope/web/assets/";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, Asset> byPath = new HashMap<>();
  private final String pico = add(PICO, "pico.css", CSS);
  private final String style = add(OURS + "callscope.css", "callscope.css", CSS);
  private final String icon = add(OURS + "icon.svg", "icon.svg", "image/svg+xml");
  private final String script = add(OURS + "callscope.js", "callscope.js", SCRIPT);
  private final String liveScript = add(OURS + "live.js", "live.js", SCRIPT);
  private final String dashboardScript = add(OURS + "dashboard.js", "dashboard.js", SCRIPT);
  private final String plotScript = add(UPLOT + ".iife.min.js", "uplot.js", SCRIPT);
  private final String plotStyle = add(UPLOT + ".min.css", "uplot.css", CSS);

  /** A file as it is served. */
  record Asset(Buffer content, String contentType) {}

  public String pico() {
    return pico;
  }

  public String style() {
    return style;
  }

  public String icon() {
    return icon;
  }

  /** What every page runs: the switch of time zones, the panel of a ladder. */
  public String script() {
    return script;
  }

  public String liveScript() {
    return liveScript;
  }

  public String dashboardScript() {
    return dashboardScript;
  }

  public String plotScript() {
    return plotScript;
  }

  public String plotStyle() {
    return plotStyle;
  }

  /** The asset of a path, or null. */
  Asset get(String path) {
    return byPath.get(path);
  }

  private String add(String resource, String name, String contentType) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program's jar lacks " + resource);
      }
      byte[] content = in.readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(content);
      String path = PREFIX + Long.toHexString(crc.getValue()) + "/" + name;
      byPath.put(path, new Asset(Buffer.buffer(content), contentType));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
