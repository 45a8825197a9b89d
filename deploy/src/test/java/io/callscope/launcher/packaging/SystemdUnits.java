package io.callscope.launcher.packaging;

import io.callscope.config.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The units of systemd and the files that the package puts beside them. */
final class SystemdUnits {
  static final String PROGRAM = "/usr/bin/callscope";

  private static final Map<String, String> CONFIGS =
      Map.of(
          "/etc/callscope/callscope.yaml", "config/one.yaml",
          "/etc/callscope/cluster.yaml", "config/cluster.yaml");

  private SystemdUnits() {}

  static Stream<Path> files() {
    return Deployment.files("systemd", ".service");
  }

  /** A unit as it is, a template once for each role. */
  static Stream<Invocation> invocations() {
    return files().flatMap(SystemdUnits::invocations);
  }

  private static Stream<Invocation> invocations(Path unit) {
    String name = unit.getFileName().toString();
    List<String> instances =
        name.contains("@.") ? Arrays.stream(Role.values()).map(Role::text).toList() : List.of("");
    String start =
        Deployment.text(unit)
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .map(line -> line.substring("ExecStart=".length()))
            .findFirst()
            .orElseThrow();
    return instances.stream()
        .map(
            instance -> {
              List<String> words = List.of(start.replace("%i", instance).split(" +"));
              if (!words.get(0).equals(PROGRAM)) {
                throw new AssertionError(name + " starts " + words.get(0));
              }
              return new Invocation(
                  name + " " + instance, words.subList(1, words.size()), Map.of(), configs());
            });
  }

  private static Map<String, String> configs() {
    Map<String, String> texts = new HashMap<>();
    CONFIGS.forEach(
        (path, file) -> {
          Path source = Deployment.FOLDER.resolve(file);
          texts.put(path, Deployment.text(source));
        });
    return texts;
  }
}
