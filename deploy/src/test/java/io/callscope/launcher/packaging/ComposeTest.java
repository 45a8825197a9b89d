package io.callscope.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.SchemaCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeTest {
  @TempDir Path folder;

  static Stream<Path> files() {
    return Deployment.files("", ".yaml")
        .filter(file -> file.getFileName().toString().startsWith("compose"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFieldIsOneOfTheSpecification(Path file) throws Exception {
    JsonObject schemas = YamlFile.schema("compose.yaml");
    JsonObject compose = YamlFile.documents(file).get(0);
    assertThat(SchemaCheck.faults(schemas, new JsonObject().put("$ref", "#/Compose"), compose))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void onlyCaptureHasARightOfItsOwn(Path file) throws Exception {
    for (Map.Entry<String, JsonObject> service : services(file).entrySet()) {
      boolean captures = Deployment.captures(invocation(file, service).settings(folder));
      assertThat(service.getValue().containsKey("cap_add"))
          .as(service.getKey())
          .isEqualTo(captures);
      assertThat(service.getValue().containsKey("user")).as(service.getKey()).isEqualTo(captures);
      assertThat(service.getValue().containsKey("network_mode"))
          .as(service.getKey())
          .isEqualTo(captures);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsMountedIsDeclared(Path file) {
    JsonObject declared =
        YamlFile.documents(file).get(0).getJsonObject("volumes", new JsonObject());
    for (JsonObject service : services(file).values()) {
      for (Object volume : service.getJsonArray("volumes")) {
        String source = volume.toString().split(":", 2)[0];
        assertThat(source.startsWith("./") || declared.containsKey(source)).as(source).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachComesBackWithTheMachineAndHasTimeToStop(Path file) {
    services(file)
        .forEach(
            (name, service) -> {
              // on-failure would leave those off that were stopped by the end of the machine.
              assertThat(service.getString("restart")).as(name).isEqualTo("unless-stopped");
              String grace = service.getString("stop_grace_period");
              assertThat(grace).as(name).matches("\\d+s");
              assertThat(Integer.parseInt(grace.replace("s", "")))
                  .as(name)
                  .isGreaterThanOrEqualTo(Deployment.LEAST_GRACE_SECONDS);
            });
  }

  /** Files of calls, and the heap where it is full. */
  @ParameterizedTest
  @MethodSource("files")
  void eachHasAPlaceThatItMayWrite(Path file) {
    services(file)
        .forEach(
            (name, service) -> {
              assertThat(service.getJsonArray("volumes"))
                  .as(name)
                  .anyMatch(volume -> volume.toString().endsWith(":/var/lib/callscope"));
              // Root without its rights may write there by the group alone.
              assertThat(service.getString("user", "10001:10001")).as(name).endsWith(":10001");
            });
  }

  static Map<String, JsonObject> services(Path file) {
    Map<String, JsonObject> services = new LinkedHashMap<>();
    JsonObject all = YamlFile.documents(file).get(0).getJsonObject("services");
    all.fieldNames().forEach(name -> services.put(name, all.getJsonObject(name)));
    return services;
  }

  static Invocation invocation(Path file, Map.Entry<String, JsonObject> named) {
    JsonObject service = named.getValue();
    List<String> arguments = new ArrayList<>();
    service.getJsonArray("command").forEach(argument -> arguments.add((String) argument));
    Map<String, String> environment = new LinkedHashMap<>();
    service
        .getJsonObject("environment", new JsonObject())
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().toString()));
    return new Invocation(
        file.getFileName() + " " + named.getKey(),
        arguments,
        environment,
        files(file, service.getJsonArray("volumes")));
  }

  private static Map<String, String> files(Path file, JsonArray volumes) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Object volume : volumes) {
      String[] parts = volume.toString().split(":", 3);
      Path source = file.resolveSibling(parts[0]).normalize();
      if (parts[0].startsWith("./") && Files.isRegularFile(source)) {
        files.put(parts[1], Deployment.text(source));
      }
    }
    return files;
  }
}
