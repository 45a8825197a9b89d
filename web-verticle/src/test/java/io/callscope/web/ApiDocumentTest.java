package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.web.http.Routes;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds the document of the API against the paths that the server answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDocumentTest {
  private final TestSite site = new TestSite(1);
  private final TreeMap<String, JsonObject> described = new TreeMap<>();

  @BeforeAll
  void start() throws Exception {
    site.start();
    JsonObject paths = site.json("/api/v1/openapi.json").getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      described.put(path, item);
      if (item.containsKey("x-page")) {
        assertThat(described.put(item.getString("x-page"), item)).as(path).isNull();
      }
    }
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private Collection<String> answered() {
    List<String> all = new ArrayList<>();
    Routes routes = site.routes();
    all.addAll(routes.paths(true));
    all.addAll(routes.paths(false));
    routes.patterns().forEach(pattern -> all.add(pattern.replace("*", "{callId}")));
    return all;
  }

  @Test
  void everyPathThatIsAnsweredIsDescribedAndNoOther() {
    assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(answered());
  }

  @Test
  void whatActsIsAPost() {
    for (String path : site.routes().paths(true)) {
      JsonObject post = described.get(path).getJsonObject("post");
      assertThat(post).as(path).isNotNull();
      assertThat(post.getJsonObject("responses").fieldNames()).as(path).contains("403");
    }
    Set<String> forms = Set.of("/counters", "/api/v1/counters");
    for (String path : site.routes().paths(false)) {
      assertThat(described.get(path).containsKey("post")).as(path).isEqualTo(forms.contains(path));
    }
  }

  @Test
  void thePageNamesWhereElseAnAnswerIs() throws Exception {
    assertThat(site.html("/api").body()).contains("href=\"/calls/list\"", "href=\"/pcapdump\"");
  }
}
