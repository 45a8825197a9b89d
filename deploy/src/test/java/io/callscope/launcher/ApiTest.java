package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventTime;
import io.callscope.pcap.PacketReader;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API and the metrics say of themselves, held against what a real run answers. */
class ApiTest {
  @TempDir static Path folder;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Program program;
  private static int port;
  private static JsonObject document;
  private static String callId;

  @BeforeAll
  static void replay() throws Exception {
    port = Program.freePort();
    program =
        new Program(folder)
            .start("-pcap", Program.DEMO.toString(), "-http_port", "" + port, "-run_forever");
    program.awaitReport();
    document = new JsonObject(text("/api/v1/openapi.json"));
    JsonArray calls =
        new JsonObject(text("/api/v1/calls?n=1&state=established")).getJsonArray("calls");
    callId = URLEncoder.encode(calls.getJsonObject(0).getString("callId"), StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static String text(String path) throws Exception {
    return program.get(port, path, "application/json").body();
  }

  static List<String> paths() {
    return List.copyOf(document.getJsonObject("paths").fieldNames());
  }

  private static JsonObject operation(String path) {
    return document.getJsonObject("paths").getJsonObject(path).getJsonObject("get");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void answersAreAsTheDocumentSays(String path) throws Exception {
    JsonObject content =
        operation(path).getJsonObject("responses").getJsonObject("200").getJsonObject("content");
    String type = content.fieldNames().iterator().next();
    HttpResponse<InputStream> answer =
        CLIENT.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + path.replace("{callId}", callId)))
                .header("Accept", type)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(operation(path).getJsonObject("responses").fieldNames())
          .contains(Integer.toString(answer.statusCode()));
      if (answer.statusCode() != 200) {
        return;
      }
      String given = answer.headers().firstValue("content-type").orElse("");
      assertThat(given).startsWith(type.split(";", 2)[0]);
      if (type.equals("application/json")) {
        String json =
            program.get(port, path.replace("{callId}", callId), "application/json").body();
        JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
        assertThat(SchemaCheck.faults(document, schema, Json.decodeValue(json))).isEmpty();
      } else {
        assertThat(body.readNBytes(5)).hasSize(5);
      }
    }
  }

  @Test
  void everyParameterIsUnderstoodAndBadOnesAreRefused() throws Exception {
    for (String path : paths()) {
      for (Object one : operation(path).getJsonArray("parameters", new JsonArray())) {
        JsonObject parameter = (JsonObject) one;
        String type = parameter.getJsonObject("schema").getString("type");
        if (parameter.getString("in").equals("query") && type.equals("integer")) {
          String asked =
              path.replace("{callId}", callId) + "?" + parameter.getString("name") + "=x";
          assertThat(program.get(port, asked, "application/json").statusCode())
              .as(asked)
              .isEqualTo(400);
        }
      }
    }
  }

  @Test
  void theSchemaCheckFindsFaults() {
    JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Health");
    assertThat(
            SchemaCheck.faults(document, schema, new JsonObject().put("status", "SO").put("x", 1)))
        .hasSize(3);
    assertThat(SchemaCheck.faults(document, schema, new JsonArray())).hasSize(1);
  }

  @Test
  void theStreamOfFiguresIsAsTheDocumentSays() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/figures/stream"))
            .build();
    try (var lines = CLIENT.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      String data = lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
      JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Figures");
      assertThat(SchemaCheck.faults(document, schema, new JsonObject(data.substring(6)))).isEmpty();
    }
  }

  @Test
  void everyMetricOfTheGrafanaDashboardExists() throws Exception {
    String metrics = program.get(port, "/metrics", "*/*").body();
    Set<String> known = new TreeSet<>();
    Matcher types = Pattern.compile("(?m)^# TYPE (\\w+) ").matcher(metrics);
    while (types.find()) {
      known.add(types.group(1));
    }
    JsonObject dashboard = new JsonObject(Files.readString(Path.of("grafana", "callscope.json")));
    List<String> asked = new ArrayList<>();
    for (Object panel : dashboard.getJsonArray("panels")) {
      for (Object target : ((JsonObject) panel).getJsonArray("targets", new JsonArray())) {
        String expression = ((JsonObject) target).getString("expr");
        Matcher names = Pattern.compile("callscope_\\w+").matcher(expression);
        while (names.find()) {
          asked.add(names.group());
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(known).containsAll(asked);
  }

  @Test
  void aCallsFileHasItsMessagesWithTheirTimes() throws Exception {
    JsonArray messages =
        new JsonObject(text("/api/v1/calls/" + callId))
            .getJsonObject("messages")
            .getJsonArray("list");
    for (String ending : List.of(".pcap", ".pcapng")) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/calls/" + callId + ending))
              .build();
      byte[] file = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      Path path = Files.write(folder.resolve("call" + ending), file);
      List<Long> times = times(path);
      assertThat(times).hasSize(messages.size());
      for (int i = 0; i < times.size(); i++) {
        assertThat(EventTime.text(times.get(i)))
            .isEqualTo(messages.getJsonObject(i).getString("time"));
      }
    }
    assertThat(program.get(port, "/calls/no-such-call.pcap", "*/*").statusCode()).isEqualTo(404);
  }

  private static List<Long> times(Path file) throws IOException {
    List<Long> times = new ArrayList<>();
    try (PacketReader reader = PacketReader.open(file.toString())) {
      while (reader.next()) {
        times.add(reader.captureNanos());
      }
    }
    return times;
  }
}
