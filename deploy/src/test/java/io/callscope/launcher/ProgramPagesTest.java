package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of one real run say, in their three forms. */
class ProgramPagesTest {
  @TempDir static Path folder;
  private static Program program;
  private static int port;

  @BeforeAll
  static void replay() throws Exception {
    port = Program.freePort();
    program =
        new Program(folder)
            .with("CALLSCOPE_EVENT_TYPES_BLST", "other-ok")
            .start("-pcap", Program.DEMO.toString(), "-http_port", "" + port, "-run_forever");
    program.awaitReport();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static String text(String path) throws Exception {
    return program.get(port, path, "text/plain").body();
  }

  private static JsonObject json(String path) throws Exception {
    HttpResponse<String> answer = program.get(port, path, "application/json");
    assertThat(answer.headers().firstValue("content-type").orElse("")).contains("json");
    return new JsonObject(answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/calls",
        "/calls/list",
        "/events",
        "/counters",
        "/stats",
        "/stats/raw",
        "/about",
        "/about/config"
      })
  void eachPageHasThreeForms(String path) throws Exception {
    assertThat(program.get(port, path, "text/html").body()).contains("</html>");
    assertThat(json(path).isEmpty()).isFalse();
    HttpResponse<String> plain = program.get(port, path, "*/*");
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(plain.body()).isNotBlank().doesNotContain("<html");
  }

  @Test
  void everyStageAccountsForAllThatCameIn() throws Exception {
    program.await(() -> open() == 0);
    JsonObject health = json("/").getJsonObject("health");
    assertThat(health.getString("state")).isEqualTo("ok");
    assertThat(health.getJsonArray("stages").stream().map(stage -> name(stage)))
        .containsExactly(
            "packets", "datagrams", "records", "bus", "tracker", "events", "event ring");
  }

  private static String name(Object stage) {
    return ((JsonObject) stage).getString("name");
  }

  private static long open() throws Exception {
    JsonArray stages = json("/").getJsonObject("health").getJsonArray("stages");
    return stages.size() < 7
        ? -1
        : stages.stream().mapToLong(stage -> Math.abs(((JsonObject) stage).getLong("open"))).sum();
  }

  /** Each stands alone: in a filtered list, read aloud, or in the metrics. */
  @Test
  void everyCounterSaysWhatItCounts() throws Exception {
    for (Object one : json("/counters").getJsonArray("groups")) {
      JsonObject group = (JsonObject) one;
      List<String> descriptions = new ArrayList<>();
      for (Object counter : group.getJsonArray("counters")) {
        String name = group.getString("name") + "." + ((JsonObject) counter).getString("name");
        String description = ((JsonObject) counter).getString("description");
        assertThat(description).as(name).isNotBlank().doesNotStartWith("of those");
        if (!description.startsWith("kept, always 0")) {
          descriptions.add(description);
        }
      }
      assertThat(descriptions).as(group.getString("name")).doesNotHaveDuplicates();
    }
    assertThat(program.get(port, "/counters?counter=calls.active", "text/html").body())
        .contains("<th scope=\"row\" class=\"mono\">active</th>", "entries in the table");
  }

  @Test
  void blacklistedTypesAreNotPublished() throws Exception {
    assertThat(json("/").getJsonObject("eventTypes").fieldNames())
        .contains("call-start", "reg-new")
        .doesNotContain("other-ok");
    assertThat(text("/counters?counter=ev_rate.blst_type")).contains("31");
    assertThat(json("/about/config").getJsonArray("settings").encode())
        .contains("event_types_blst")
        .contains("environment");
  }

  @Test
  void callsAreFiltered() throws Exception {
    JsonObject all = json("/calls/list?n=1000");
    JsonObject call = all.getJsonArray("calls").getJsonObject(0);
    String callId = call.getString("callId");
    int entries = all.getInteger("matches");
    assertThat(entries).isGreaterThan(10);
    String id = URLEncoder.encode(callId, StandardCharsets.UTF_8);

    assertThat(json("/calls/list?cid=" + id).getInteger("matches")).isEqualTo(1);
    assertThat(text("/calls/list?cid=" + id)).contains(callId);
    assertThat(json("/calls/list?cid=no-such-call").getInteger("matches")).isZero();
    int established = json("/calls/list?state=established").getInteger("matches");
    assertThat(established).isBetween(1, entries);
    assertThat(json("/calls/list?state=established&cid=no-such-call").getInteger("matches"))
        .as("filters are combined")
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/events?n=x, n",
    "/calls/list?re=1&cid=%28, cid",
    "/counters?group=no_such_group, no_such_group",
  })
  void badParametersAreSaid(String path, String part) throws Exception {
    HttpResponse<String> answer = program.get(port, path, "text/plain");
    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.body()).contains(part);
  }

  @Test
  void aCallHasItsFactsEventsAndTrace() throws Exception {
    JsonArray calls = json("/calls/list?state=established").getJsonArray("calls");
    String callId = calls.getJsonObject(0).getString("callId");
    String path = "/calls/" + URLEncoder.encode(callId, StandardCharsets.UTF_8);
    for (String body : List.of(program.get(port, path, "text/html").body(), text(path))) {
      assertThat(body).contains(callId).contains("INVITE").contains("call-start");
    }
    assertThat(json(path).encode()).contains(callId).contains("call-start");
    assertThat(program.get(port, "/calls/no-such-call", "text/html").statusCode()).isEqualTo(404);
  }
}
