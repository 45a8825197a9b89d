package io.callscope.launcher.packaging;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** YAML files as JSON. */
final class YamlFile {
  private YamlFile() {}

  static List<JsonObject> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema beside the tests, as a document that {@code SchemaCheck} takes. */
  static JsonObject schema(String name) throws IOException {
    try (InputStream in = YamlFile.class.getResourceAsStream(name)) {
      return documents(new String(in.readAllBytes(), StandardCharsets.UTF_8)).get(0);
    }
  }

  private static List<JsonObject> documents(String text) {
    List<JsonObject> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(text)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      ((Map<?, ?>) document).forEach((key, value) -> fields.put(key.toString(), value));
      documents.add(new JsonObject(fields));
    }
    return documents;
  }
}
