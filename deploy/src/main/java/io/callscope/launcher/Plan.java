package io.callscope.launcher;

import io.callscope.bus.ProcessName;
import java.util.List;
import java.util.Set;

/**
 * What this process runs.
 *
 * @param services in the order of their start: each after those it sends to
 * @param endingInputs names of the sources after whose end the program ends; with none it runs
 *     until it is stopped
 * @param faults counts what no service handles
 * @param process its name among those of a cluster
 * @param network what its services meet on
 * @param partitions of call tracking, wherever they are
 */
record Plan(
    List<Service> services,
    Set<String> endingInputs,
    Faults faults,
    ProcessName process,
    Network network,
    int partitions) {

  /** All in one JVM. */
  Plan(List<Service> services, Set<String> endingInputs) {
    this(
        services,
        endingInputs,
        new Faults(Runtime.getRuntime()::halt),
        ProcessName.ALONE,
        new LocalNetwork(),
        count(services, "tracker"));
  }

  /** Instances of all services of one name. */
  int instances(String name) {
    return count(services, name);
  }

  private static int count(List<Service> services, String name) {
    return services.stream().filter(s -> s.name().equals(name)).mapToInt(Service::instances).sum();
  }
}
