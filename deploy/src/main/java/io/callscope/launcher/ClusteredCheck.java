package io.callscope.launcher;

import io.callscope.cluster.ClusterConfig;
import io.callscope.cluster.ClusterException;
import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Looks at address and certificates of a process before it joins others. */
final class ClusteredCheck {
  private ClusteredCheck() {}

  /** All that is wrong with them, a line each. May ask a name server. */
  static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    try {
      ClusterConfig.checkAddress(
          settings.get(Options.CLUSTER_ADDR), settings.get(Options.CLUSTER_PUBLIC));
    } catch (ClusterException e) {
      problems.add(e.getMessage());
    }
    problems.addAll(
        InputCheck.certificate(
            settings, "cluster_tls", Options.CLUSTER_TLS_CERT, Options.CLUSTER_TLS_KEY));
    String authorities = settings.get(Options.CLUSTER_TLS_CA);
    if (!authorities.isEmpty()) {
      try {
        ClusterConfig.checkAuthorities(authorities);
      } catch (ClusterException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }
}
