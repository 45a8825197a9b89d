package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.config.Options;
import io.callscope.config.Settings;
import io.callscope.launcher.SchemaCheck;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesTest {
  @TempDir Path folder;

  static Stream<Path> files() {
    return Deployment.files("kubernetes", ".yaml");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFieldIsOneOfTheApi(Path file) throws Exception {
    JsonObject schemas = YamlFile.schema("kubernetes.yaml");
    for (JsonObject object : Manifests.read(file).objects()) {
      JsonObject schema = new JsonObject().put("$ref", "#/" + object.getString("kind"));
      assertThat(SchemaCheck.faults(schemas, schema, object)).as(Manifests.name(object)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everySelectorAndServiceFindsItsPods(Path file) {
    Manifests manifests = Manifests.read(file);
    for (JsonObject workload : manifests.workloads()) {
      JsonObject selector = workload.getJsonObject("spec").getJsonObject("selector");
      assertThat(
              Manifests.selects(selector.getJsonObject("matchLabels"), Manifests.labels(workload)))
          .as(Manifests.name(workload))
          .isTrue();
      assertThat(
              manifests.workloads().stream()
                  .filter(
                      w ->
                          Manifests.selects(
                              selector.getJsonObject("matchLabels"), Manifests.labels(w))))
          .as("each pod has one owner")
          .hasSize(1);
    }
    manifests.ofKind("Service").forEach(service -> serves(manifests, service));
  }

  private static void serves(Manifests manifests, JsonObject service) {
    JsonObject spec = service.getJsonObject("spec");
    List<JsonObject> found =
        manifests.workloads().stream()
            .filter(w -> Manifests.selects(spec.getJsonObject("selector"), Manifests.labels(w)))
            .toList();
    assertThat(found).as(Manifests.name(service)).isNotEmpty();
    for (JsonObject workload : found) {
      for (JsonObject port : Manifests.each(spec.getJsonArray("ports"))) {
        assertThat(Manifests.ports(workload)).containsKey(port.getString("targetPort"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsMountedIsThere(Path file) {
    Manifests manifests = Manifests.read(file);
    for (JsonObject workload : manifests.workloads()) {
      List<String> volumes =
          Stream.concat(
                  Manifests.each(Manifests.pod(workload).getJsonArray("volumes")).stream()
                      .map(volume -> volume.getString("name")),
                  Manifests.each(
                          workload.getJsonObject("spec").getJsonArray("volumeClaimTemplates"))
                      .stream()
                      .map(Manifests::name))
              .toList();
      assertThat(Manifests.each(Manifests.container(workload).getJsonArray("volumeMounts")))
          .extracting(mount -> mount.getString("name"))
          .containsExactlyInAnyOrderElementsOf(volumes);
      assertThat(Manifests.each(Manifests.container(workload).getJsonArray("volumeMounts")))
          .as("a place for calls, and for the heap where it is full")
          .extracting(mount -> mount.getString("mountPath"))
          .contains("/var/lib/callscope");
      assertThat(manifests.ofKind("ConfigMap").map(Manifests::name).toList())
          .containsAll(
              Manifests.each(Manifests.pod(workload).getJsonArray("volumes")).stream()
                  .map(volume -> volume.getJsonObject("configMap"))
                  .filter(Objects::nonNull)
                  .map(map -> map.getString("name"))
                  .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void portsAndProbesAreThoseTheProgramListensTo(Path file) throws Exception {
    Manifests manifests = Manifests.read(file);
    for (JsonObject workload : manifests.workloads()) {
      Settings settings = manifests.invocation(workload).settings(folder);
      Map<String, Integer> ports = Manifests.ports(workload);
      Map<String, Object> listened =
          Map.of(
              "http", settings.get(Options.HTTP_PORT),
              "ipfix", settings.get(Options.IPFIX_PORT),
              "health", settings.get(Options.HEALTH_PORT),
              "member", settings.get(Options.CLUSTER_PORT),
              "bus", settings.get(Options.CLUSTER_BUS_PORT));
      ports.forEach(
          (name, port) -> {
            if (listened.containsKey(name)) {
              assertThat(listened.get(name)).as(name).isEqualTo(port);
            }
          });
      for (String probe : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonObject get =
            Manifests.container(workload).getJsonObject(probe).getJsonObject("httpGet");
        assertThat(get.getString("path"))
            .isEqualTo(probe.equals("livenessProbe") ? "/health/live" : "/health/ready");
        String health = get.getString("port");
        assertThat(ports).containsKey(health);
        String address =
            settings.get(health.equals("http") ? Options.HTTP_ADDR : Options.HEALTH_ADDR);
        // A probe goes to the address of the pod unless it names another.
        assertThat(address).isEqualTo(get.getString("host", "0.0.0.0"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void onlyCaptureHasARightOfItsOwn(Path file) throws Exception {
    Manifests manifests = Manifests.read(file);
    for (JsonObject workload : manifests.workloads()) {
      Settings settings = manifests.invocation(workload).settings(folder);
      boolean captures = Deployment.captures(settings);
      JsonObject security = Manifests.container(workload).getJsonObject("securityContext");
      assertThat(security.getJsonObject("capabilities").containsKey("add")).isEqualTo(captures);
      assertThat(Manifests.pod(workload).getBoolean("hostNetwork", false)).isEqualTo(captures);
      assertThat(
              Manifests.pod(workload)
                  .getJsonObject("securityContext")
                  .getBoolean("runAsNonRoot", false))
          .isEqualTo(!captures);
      assertThat(Manifests.pod(workload).getInteger("terminationGracePeriodSeconds"))
          .isGreaterThanOrEqualTo(Deployment.LEAST_GRACE_SECONDS);
    }
  }
}
