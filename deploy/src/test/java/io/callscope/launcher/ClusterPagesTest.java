package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a web process about the others, with real processes. */
class ClusterPagesTest {
  @TempDir Path folder;

  private Program tracker;
  private Program web;
  private int port;

  @AfterEach
  void stop() {
    Stream.of(tracker, web).filter(one -> one != null).forEach(Program::close);
  }

  private Program start(String name, String cluster, String... options) throws Exception {
    Program program = new Program(Files.createDirectory(folder.resolve(name)));
    List<String> all =
        Stream.concat(
                Stream.of("-cluster", "-cluster_name", cluster, "-partitions", "2", "-roles"),
                Stream.of(options))
            .toList();
    return program.start(all.toArray(String[]::new));
  }

  private JsonObject json(String path) throws Exception {
    HttpResponse<String> answer = web.get(port, path, "application/json");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  @Test
  void aWebProcessShowsWhatTheOthersDo() throws Exception {
    String cluster = "test-" + UUID.randomUUID();
    port = Program.freePort();
    tracker =
        start(
            "tracker",
            cluster,
            "tracker,capture",
            "-pcap",
            Program.DEMO.toString(),
            "-run_forever");
    web = start("web", cluster, "web", "-http_port", "" + port);
    web.awaitPages(port);
    web.await(() -> answered("/cluster").getJsonArray("members").size() == 2);
    web.await(() -> answered("/cluster").getJsonArray("silent").isEmpty());
    web.await(() -> hasOwners(answered("/cluster").getJsonArray("work")));

    JsonArray members = json("/cluster").getJsonArray("members");
    String worker = processWith(members, "tracker");
    String own = processWith(members, "web");
    web.await(() -> answered("/cluster").getString("process").equals(own));
    web.await(
        () ->
            answered("/cluster").getJsonArray("work").stream()
                .allMatch(one -> worker.equals(((JsonObject) one).getString("process"))));
    web.await(() -> source().getLong("sent") == 2170 && source().getLong("open") == 0);

    assertThat(figure("?process=" + worker, "pkt_stats", "total_packets")).isEqualTo(2170);
    assertThat(figure("", "pkt_stats", "total_packets")).isEqualTo(2170);
    assertThat(json("/about/config?process=" + worker).getString("commandLine"))
        .contains("-roles tracker,capture");
    assertThat(json("/about/config").getString("commandLine")).contains("-roles web");
    assertThat(web.get(port, "/", "text/html").body()).contains("nothing lost");

    tracker.terminate();
    assertThat(tracker.end()).isZero();
    web.await(() -> answered("/cluster").getJsonArray("members").size() == 1);
    String alone = "?process=" + own;
    web.await(() -> figure("", "process", "threads") == figure(alone, "process", "threads"));
    assertThat(figure("", "pkt_stats", "total_packets")).as("what it has counted").isEqualTo(2170);
  }

  /** Two partitions and the event stage, each with an owner. */
  private static boolean hasOwners(JsonArray work) {
    return work.size() == 3
        && work.stream().noneMatch(one -> ((JsonObject) one).getString("process").isEmpty());
  }

  /** Also if a partition is late, as while it starts. */
  private JsonObject answered(String path) throws Exception {
    return new JsonObject(web.get(port, path, "application/json").body());
  }

  private JsonObject source() throws Exception {
    return answered("/cluster").getJsonArray("sources").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("instance").startsWith("capture@"))
        .findFirst()
        .orElse(new JsonObject().put("sent", 0L).put("open", 1L));
  }

  private static String processWith(JsonArray members, String role) {
    return members.stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getJsonArray("roles").contains(role))
        .map(one -> one.getString("process"))
        .findFirst()
        .orElseThrow();
  }

  private long figure(String query, String group, String counter) throws Exception {
    for (Object one : json("/counters" + query).getJsonArray("groups")) {
      JsonObject found = (JsonObject) one;
      if (found.getString("name").equals(group)) {
        return found.getJsonArray("counters").stream()
            .map(JsonObject.class::cast)
            .filter(c -> c.getString("name").equals(counter))
            .mapToLong(c -> c.getLong("value"))
            .sum();
      }
    }
    return -1;
  }
}
