package io.callscope.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options whose part is not in this version. Using one, that is, giving it another value than its
 * default, is an error, so that nobody waits for what cannot come.
 */
final class NotBuilt {
  private static final Map<String, List<Option<?>>> PARTS = parts();

  private NotBuilt() {}

  private static Map<String, List<Option<?>>> parts() {
    Map<String, List<Option<?>>> parts = new LinkedHashMap<>();
    parts.put(
        "running in several processes",
        List.of(
            Options.ROLES,
            Options.CLUSTER,
            Options.CLUSTER_MEMBERS,
            Options.CLUSTER_ADDR,
            Options.CLUSTER_TLS_CERT,
            Options.CLUSTER_TLS_KEY,
            Options.CLUSTER_TLS_CA));
    return parts;
  }

  static List<Problem> problems(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    PARTS.forEach(
        (part, options) ->
            options.stream()
                .filter(settings::isChanged)
                .forEach(option -> problems.add(problem(part, option))));
    return problems;
  }

  private static Problem problem(String part, Option<?> option) {
    return new Problem("-" + option.name(), null, "", part + " is not in this version");
  }
}
