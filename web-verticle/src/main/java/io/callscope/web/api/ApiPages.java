package io.callscope.web.api;

import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /api/v1/openapi.json} and, for people, {@code /api}. */
public final class ApiPages {
  private static final String RESOURCE = "/io/callscope/web/api/openapi.json";

  private final JsonObject document = read();
  private final List<Operation> operations = operations(document);

  /** In a path of the document: where the same answer is a page. */
  private static final String PAGE = "x-page";

  /** A line of the page. */
  record Operation(
      String path,
      String method,
      String link,
      String page,
      String pageLink,
      String summary,
      String parameters,
      String gives) {}

  private static JsonObject read() {
    try (InputStream in = ApiPages.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program's jar lacks " + RESOURCE);
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Operation> operations(JsonObject document) {
    List<Operation> operations = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : item.fieldNames()) {
        if (!method.equals(PAGE)) {
          String page = item.getString(PAGE, "");
          operations.add(operation(path, page, method, item.getJsonObject(method)));
        }
      }
    }
    return List.copyOf(operations);
  }

  private static Operation operation(String path, String page, String method, JsonObject json) {
    JsonObject good =
        json.getJsonObject("responses")
            .getJsonObject("200", new JsonObject())
            .getJsonObject("content", new JsonObject());
    String gives =
        good.fieldNames().stream().map(type -> type.split(";", 2)[0]).findFirst().orElse("");
    boolean opens = method.equals("get") && !path.contains("{") && !path.endsWith("/stream");
    return new Operation(
        path,
        method.toUpperCase(Locale.ROOT),
        opens ? path : "",
        page,
        opens ? page : "",
        json.getString("summary"),
        Stream.concat(
                json.getJsonArray("parameters", new JsonArray()).stream()
                    .map(parameter -> ((JsonObject) parameter).getString("name")),
                fields(json).stream())
            .collect(Collectors.joining(", ")),
        gives);
  }

  /** The names in its form body. */
  private static Set<String> fields(JsonObject json) {
    return json.getJsonObject("requestBody", new JsonObject())
        .getJsonObject("content", new JsonObject())
        .getJsonObject("application/x-www-form-urlencoded", new JsonObject())
        .getJsonObject("schema", new JsonObject())
        .getJsonObject("properties", new JsonObject())
        .fieldNames();
  }

  public Future<Answer> document(Asked asked) {
    return Future.succeededFuture(Answer.json(document));
  }

  public Future<Answer> page(Asked asked) {
    StringBuilder text = new StringBuilder();
    for (Operation operation : operations) {
      text.append(operation.method).append(' ').append(operation.path).append("  ");
      text.append(operation.summary).append('\n');
    }
    return Future.succeededFuture(
        new Answer(200, "API", "api", operations, text::toString, () -> document));
  }
}
