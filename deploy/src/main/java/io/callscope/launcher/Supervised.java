package io.callscope.launcher;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** A service whose unhandled exceptions are told to someone. */
final class Supervised implements Deployable {
  private final Deployable service;
  private final Consumer<Throwable> faults;

  Supervised(Deployable service, Consumer<Throwable> faults) {
    this.service = service;
    this.faults = faults;
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    context.exceptionHandler(faults::accept);
    return service.deploy(context);
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    return service.undeploy(context);
  }
}
