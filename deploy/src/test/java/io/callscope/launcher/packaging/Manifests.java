package io.callscope.launcher.packaging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects of a Kubernetes manifest and how they hang together. */
final class Manifests {
  private static final String POD_ADDRESS = "10.1.2.3";

  private final Path file;
  private final List<JsonObject> objects;

  private Manifests(Path file) {
    this.file = file;
    objects = YamlFile.documents(file);
  }

  static Manifests read(Path file) {
    return new Manifests(file);
  }

  List<JsonObject> objects() {
    return objects;
  }

  Stream<JsonObject> ofKind(String kind) {
    return objects.stream().filter(object -> object.getString("kind").equals(kind));
  }

  static String name(JsonObject object) {
    return object.getJsonObject("metadata").getString("name");
  }

  /** What starts pods. */
  List<JsonObject> workloads() {
    return objects.stream()
        .filter(object -> object.getJsonObject("spec", new JsonObject()).containsKey("template"))
        .toList();
  }

  static JsonObject labels(JsonObject workload) {
    return workload
        .getJsonObject("spec")
        .getJsonObject("template")
        .getJsonObject("metadata")
        .getJsonObject("labels");
  }

  static JsonObject pod(JsonObject workload) {
    return workload.getJsonObject("spec").getJsonObject("template").getJsonObject("spec");
  }

  static JsonObject container(JsonObject workload) {
    return pod(workload).getJsonArray("containers").getJsonObject(0);
  }

  /** Container ports by name. */
  static Map<String, Integer> ports(JsonObject workload) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (JsonObject port : each(container(workload).getJsonArray("ports"))) {
      ports.put(port.getString("name"), port.getInteger("containerPort"));
    }
    return ports;
  }

  static List<JsonObject> each(JsonArray list) {
    List<JsonObject> all = new ArrayList<>();
    for (int i = 0; list != null && i < list.size(); i++) {
      all.add(list.getJsonObject(i));
    }
    return all;
  }

  static boolean selects(JsonObject selector, JsonObject labels) {
    return selector.stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.getValue(wanted.getKey())));
  }

  Invocation invocation(JsonObject workload) {
    JsonObject container = container(workload);
    List<String> arguments = new ArrayList<>();
    container.getJsonArray("args").forEach(argument -> arguments.add((String) argument));
    Map<String, String> environment = new LinkedHashMap<>();
    each(container.getJsonArray("env"))
        .forEach(v -> environment.put(v.getString("name"), POD_ADDRESS));
    return new Invocation(
        file.getFileName() + " " + name(workload), arguments, environment, files(workload));
  }

  private Map<String, String> files(JsonObject workload) {
    Map<String, String> files = new LinkedHashMap<>();
    for (JsonObject mount : each(container(workload).getJsonArray("volumeMounts"))) {
      for (JsonObject volume : each(pod(workload).getJsonArray("volumes"))) {
        if (volume.getString("name").equals(mount.getString("name"))
            && volume.containsKey("configMap")) {
          String map = volume.getJsonObject("configMap").getString("name");
          ofKind("ConfigMap")
              .filter(object -> name(object).equals(map))
              .forEach(
                  object ->
                      object
                          .getJsonObject("data")
                          .forEach(
                              entry ->
                                  files.put(
                                      mount.getString("mountPath") + "/" + entry.getKey(),
                                      (String) entry.getValue())));
        }
      }
    }
    return files;
  }
}
