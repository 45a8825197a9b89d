package io.callscope.cluster;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.impl.clustered.DefaultNodeSelector;
import io.vertx.core.eventbus.impl.clustered.NodeSelector;
import io.vertx.core.impl.VertxBootstrapImpl;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.ClusteredNode;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the event bus one by one which processes a message goes to. Told all at once, the bus stops
 * with an exception at the first whose connection has just broken: those behind it would miss an
 * event because somebody else has ended. A request to one that is gone runs into its time limit, as
 * if it had been on its way. Any thread.
 */
final class SeparateDelivery implements NodeSelector {
  private static final Logger LOG = LoggerFactory.getLogger(SeparateDelivery.class);

  private final NodeSelector chooser;

  /**
   * @param chooser knows who listens where
   */
  SeparateDelivery(NodeSelector chooser) {
    this.chooser = chooser;
  }

  /** Joins the event bus as {@link Vertx#builder} does, which has no say in who gets a message. */
  static Future<Vertx> start(VertxOptions options, ClusterManager manager) {
    return new VertxBootstrapImpl(options)
        .clusterManager(manager)
        .clusterNodeSelector(new SeparateDelivery(new DefaultNodeSelector()))
        .init()
        .clusteredVertx();
  }

  @Override
  public void init(ClusteredNode node) {
    chooser.init(node);
  }

  @Override
  public void eventBusStarted() {
    chooser.eventBusStarted();
  }

  @Override
  public void selectForSend(String address, Completable<String> deliver) {
    chooser.selectForSend(
        address, (process, failure) -> deliver(address, process, failure, deliver));
  }

  @Override
  public void selectForPublish(String address, Completable<Iterable<String>> deliver) {
    chooser.selectForPublish(
        address,
        (processes, failure) -> {
          if (failure != null || processes == null || !processes.iterator().hasNext()) {
            deliver(address, processes, failure, deliver);
            return;
          }
          for (String process : processes) {
            deliver(address, List.of(process), null, deliver);
          }
        });
  }

  private static <T> void deliver(
      String address, T to, Throwable failure, Completable<? super T> deliver) {
    try {
      deliver.complete(to, failure);
    } catch (IllegalStateException e) {
      LOG.warn("a message for {} is lost: the connection to {} has just broken", address, to);
      LOG.debug("it is closed", e);
    }
  }

  @Override
  public void registrationsUpdated(RegistrationUpdateEvent event) {
    chooser.registrationsUpdated(event);
  }

  @Override
  public void registrationsLost() {
    chooser.registrationsLost();
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return chooser.wantsUpdatesFor(address);
  }
}
