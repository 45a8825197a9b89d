package io.callscope.cluster;

import io.callscope.config.Role;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/**
 * Items of one kind that the processes of a role share.
 *
 * @param what kind, also the name of the service
 * @param role that a process must have to own one
 * @param items how many there are in the cluster
 * @param address where the owner of each listens
 * @param factory makes what runs an item
 * @param options to deploy it with
 */
public record OwnedGroup(
    String what,
    Role role,
    int items,
    IntFunction<String> address,
    Factory factory,
    DeploymentOptions options) {

  /** Makes what runs an item. */
  @FunctionalInterface
  public interface Factory {
    /**
     * @param number of the item
     * @param term rises with each owner of the item
     * @param renew to be called where it is of no use any more, on any thread: it is ended and made
     *     anew, after so many milliseconds at least
     */
    Deployable make(int number, long term, LongConsumer renew);
  }
}
