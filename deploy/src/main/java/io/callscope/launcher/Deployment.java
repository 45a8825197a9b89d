package io.callscope.launcher;

import io.callscope.bus.ServiceFailedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that runs, watched: an exception that it does not handle ends what it was about and is
 * counted, and a service that throws again and again, or says that it cannot go on, is started
 * anew, waiting longer each time. Its state is gone then, as after a start of the program. Any
 * thread.
 */
final class Deployment {
  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

  private final Vertx vertx;

  /** Lives on where that of the service ends. */
  private final Context own;

  private final Service service;
  private final Faults faults;
  private final FaultRate rate = new FaultRate();

  /** Of the last start. */
  private Future<Void> starting = Future.succeededFuture();

  /** Of the instances that run; null while there are none. */
  private String id;

  private boolean stopped;

  /** Not on an event loop. */
  Deployment(Vertx vertx, Service service, Faults faults) {
    this.vertx = vertx;
    own = vertx.getOrCreateContext();
    this.service = service;
    this.faults = faults;
  }

  Service service() {
    return service;
  }

  /** Starts it for the first time: if that fails, it is not tried again. */
  Future<Void> start() {
    return begin();
  }

  private synchronized Future<Void> begin() {
    starting =
        Future.succeededFuture()
            .compose(
                ignored ->
                    vertx.deployVerticle(
                        () -> new Supervised(service.supplier().get(), this::fault),
                        service.options()))
            .map(this::begun);
    return starting;
  }

  private synchronized Void begun(String deployed) {
    id = deployed;
    rate.started(System.nanoTime());
    return null;
  }

  /** It has started, and is not being stopped. */
  synchronized boolean isRunning() {
    return id != null;
  }

  /** It has ever been there, so that something of it can be left behind. */
  boolean hasStarted() {
    return starting.succeeded();
  }

  private void fault(Throwable fault) {
    if (isStopped()) {
      // What a service was about when it was stopped may well fail for that.
      LOG.debug("{}: while it was stopped", service.name(), fault);
      faults.endIfOutOfMemory(fault);
      return;
    }
    faults.fault(service.name());
    LOG.error("{}: nobody handled this", service.name(), fault);
    faults.endIfOutOfMemory(fault);
    long now = System.nanoTime();
    String failing;
    long waitMillis;
    synchronized (this) {
      boolean over = rate.isTooMany(now) || fault instanceof ServiceFailedException;
      if (!over || !service.restarts() || stopped || id == null) {
        return;
      }
      failing = id;
      id = null;
      waitMillis = rate.backOffMillis(now);
    }
    faults.restarted();
    LOG.error("{} is started anew in {} ms", service.name(), waitMillis);
    own.runOnContext(
        ignored ->
            vertx
                .undeploy(failing)
                .onComplete(gone -> vertx.setTimer(waitMillis, timer -> beginAgain())));
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized long backOffMillis() {
    return rate.backOffMillis(System.nanoTime());
  }

  private void beginAgain() {
    if (isStopped()) {
      return;
    }
    begin()
        .onFailure(
            cause -> {
              long waitMillis = backOffMillis();
              faults.restartFailed();
              LOG.error("{} could not be started anew; trying again", service.name(), cause);
              vertx.setTimer(waitMillis, timer -> beginAgain());
            });
  }

  /** Stops it, for good; where it is being started, once that is done. */
  synchronized Future<Void> stop() {
    stopped = true;
    return starting.transform(started -> undeployed());
  }

  private synchronized Future<Void> undeployed() {
    String running = id;
    id = null;
    return running == null ? Future.succeededFuture() : vertx.undeploy(running);
  }
}
