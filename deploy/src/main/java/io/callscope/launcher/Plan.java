package io.callscope.launcher;

import java.util.List;
import java.util.Set;

/**
 * What this process runs.
 *
 * @param services in the order of their start: each after those it sends to
 * @param endingInputs names of the sources after whose end the program ends; with none it runs
 *     until it is stopped
 * @param faults counts what no service handles
 */
record Plan(List<Service> services, Set<String> endingInputs, Faults faults) {

  Plan(List<Service> services, Set<String> endingInputs) {
    this(services, endingInputs, new Faults(Runtime.getRuntime()::halt));
  }

  /** Instances of all services, or of those of one name. */
  int instances(String name) {
    return services.stream().filter(s -> s.name().equals(name)).mapToInt(Service::instances).sum();
  }
}
