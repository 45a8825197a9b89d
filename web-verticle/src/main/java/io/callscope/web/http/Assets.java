package io.callscope.web.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The style sheets and the icon, held in memory. A path carries a checksum of its content, so a
 * browser may keep it for ever.
 */
public final class Assets {
  static final String PREFIX = "/assets/";

  /** The webjar's version stands here and in the parent POM, nowhere else. */
  private static final String PICO =
      "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";

  private final Map<String, Asset> byPath = new HashMap<>();
  private final String pico = add(PICO, "pico.css", "text/css; charset=utf-8");
  private final String style =
      add("/io/callscope/web/assets/callscope.css", "callscope.css", "text/css; charset=utf-8");
  private final String icon = add("/io/callscope/web/assets/icon.svg", "icon.svg", "image/svg+xml");

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
