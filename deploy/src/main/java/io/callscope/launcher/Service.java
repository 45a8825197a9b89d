package io.callscope.launcher;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import java.util.function.Supplier;

/**
 * A service of this process.
 *
 * @param name for people, as in {@code docs/bus.md}
 * @param supplier makes each instance
 * @param instances how many of them
 * @param readsInput whether messages enter here, so that it is the first to be stopped
 * @param restarts whether it may be started anew where it fails again and again; a file would be
 *     read twice
 */
record Service(
    String name,
    Supplier<? extends Deployable> supplier,
    int instances,
    boolean readsInput,
    boolean restarts) {

  Service(String name, Supplier<? extends Deployable> supplier, int instances, boolean readsInput) {
    this(name, supplier, instances, readsInput, true);
  }

  DeploymentOptions options() {
    return new DeploymentOptions().setInstances(instances);
  }
}
