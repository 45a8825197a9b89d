package io.callscope.web;

import static io.callscope.web.FakeServices.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path with every parameter it has, and with one it has not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {
  private static final List<String> FORMS = List.of("text/html", "text/plain", "application/json");

  /** Begins a recording, which takes its time; see {@link ProfilesTest}. */
  private static final String RECORDS = "/debug/pprof/profile";

  /** Downloads, and what is for machines alone. */
  private static final Set<String> NO_PAGES =
      Set.of(
          RECORDS,
          "/metrics",
          "/calls/a%40h.pcap",
          "/calls/a%40h.pcapng",
          "/calls/a%40h.txt",
          "/pcapdump/file/a%40h");

  private final TestSite site = new TestSite(2);
  private JsonObject described;

  @BeforeAll
  void start() throws Exception {
    site.services.partition(0, call("0-1", "a@h", 1));
    site.services.partition(1, call("1-1", "b@h", 2));
    site.controls.eventStage();
    site.controls.collector();
    site.controls.process();
    site.start();
    site.services.publishCounters();
    described = site.json("/api/v1/openapi.json").getJsonObject("paths");
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @BeforeEach
  void forget() {
    site.controls.changes.clear();
  }

  /** All paths; in place of a value stands the Call-ID of a call. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(site.routes().paths(true));
    paths.addAll(site.routes().paths(false));
    site.routes().patterns().forEach(pattern -> paths.add(pattern.replace("*", "a%40h")));
    return paths;
  }

  List<String> pages() {
    return paths().stream()
        .filter(path -> !path.startsWith("/api/v1/") && !NO_PAGES.contains(path))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageHasThreeForms(String path) throws Exception {
    HttpResponse<String> page = site.html(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("<!doctype html>", "<main id=\"main\">", "</html>");
    HttpResponse<String> plain = site.get(path, "Accept", "*/*");
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(plain.body()).endsWith("\n").doesNotContain("<html");
    HttpResponse<String> json = site.get(path, "Accept", "application/json");
    assertThat(json.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(new JsonObject(json.body())).isNotEmpty();
    assertThat(site.get(path + "?format=json").body()).startsWith("{");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void aMisspeltParameterIsRefusedInEveryForm(String path) throws Exception {
    for (String form : FORMS) {
      HttpResponse<String> answer = site.get(path + "?nope=1", "Accept", form);
      assertThat(answer.statusCode()).as(form).isEqualTo(400);
      assertThat(answer.body()).contains("no parameter").contains("nope");
    }
    assertThat(site.controls.changes).isEmpty();
  }

  @Test
  void whatActsRefusesItInAFormToo() throws Exception {
    for (String path : site.routes().paths(true)) {
      HttpResponse<String> answer = site.post(path, "nope=1");
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).as(path).contains("no parameter");
    }
    assertThat(site.controls.changes).isEmpty();
  }

  /** The paths of the document of the API, and of the pages it names. */
  List<String> described() {
    List<String> paths = new ArrayList<>();
    for (String path : described.fieldNames()) {
      paths.add(path);
      String page = described.getJsonObject(path).getString("x-page", "");
      if (!page.isEmpty()) {
        paths.add(page);
      }
    }
    return paths;
  }

  private JsonObject item(String path) {
    return described.fieldNames().stream()
        .filter(
            name ->
                name.equals(path) || path.equals(described.getJsonObject(name).getString("x-page")))
        .map(described::getJsonObject)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> parameters(JsonObject item) {
    Set<String> names = new TreeSet<>();
    for (String method : List.of("get", "post")) {
      for (Object one :
          item.getJsonObject(method, new JsonObject())
              .getJsonArray("parameters", new JsonArray())) {
        JsonObject parameter = (JsonObject) one;
        if ("query".equals(parameter.getString("in"))) {
          names.add(parameter.getString("name"));
        }
      }
    }
    names.addAll(
        item.getJsonObject("post", new JsonObject())
            .getJsonObject("requestBody", new JsonObject())
            .getJsonObject("content", new JsonObject())
            .getJsonObject("application/x-www-form-urlencoded", new JsonObject())
            .getJsonObject("schema", new JsonObject())
            .getJsonObject("properties", new JsonObject())
            .fieldNames());
    return names;
  }

  @ParameterizedTest
  @MethodSource("described")
  void everyDescribedParameterIsKnown(String path) throws Exception {
    Set<String> names = parameters(item(path));
    if (names.isEmpty() || path.endsWith(RECORDS)) {
      return;
    }
    StringBuilder query = new StringBuilder("?nope=1");
    names.stream()
        .filter(name -> !name.contains("<"))
        .forEach(name -> query.append('&').append(name).append('='));
    String asked = path.replace("{callId}", "a%40h") + query;
    List<String> errors =
        site.get(asked, "Accept", "text/plain")
            .body()
            .lines()
            .filter(line -> line.contains("no parameter"))
            .toList();
    if (!path.startsWith("/api/")) {
      assertThat(errors)
          .as("all but the one that is none")
          .hasSize(1)
          .first()
          .asString()
          .contains("nope");
    } else {
      String told = new JsonObject(site.get(asked).body()).getJsonArray("errors").encode();
      assertThat(told.split("no parameter", -1)).hasSize(2);
    }
    assertThat(site.controls.changes).isEmpty();
  }
}
