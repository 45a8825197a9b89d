package io.callscope.bus;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;

/**
 * A verticle that a service deploys for itself. What it does not handle is a fault of the service:
 * who watches that would not hear of it otherwise.
 */
public final class PartOfService implements Deployable {
  private final Context service;
  private final Deployable part;

  /**
   * @param service the context of the service that deploys it
   */
  public PartOfService(Context service, Deployable part) {
    this.service = service;
    this.part = part;
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    context.exceptionHandler(fault -> service.runOnContext(ignored -> raise(fault)));
    return part.deploy(context);
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    return part.undeploy(context);
  }

  private static void raise(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    throw fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
  }
}
