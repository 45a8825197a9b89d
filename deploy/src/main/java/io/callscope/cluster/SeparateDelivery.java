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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the event bus one by one which processes a message goes to. Told all at once, the bus stops
 * with an exception at the first whose connection has just broken: those behind it would miss an
 * event because somebody else has ended. A request to one that is gone runs into its time limit, as
 * if it had been on its way.
 *
 * <p>What is known of who listens where is asked for anew whenever members have gone or two halves
 * of a cluster have become one again: a process that was cut off would go on to look for others
 * where they had been for it alone. Any thread.
 */
final class SeparateDelivery implements NodeSelector {
  private static final Logger LOG = LoggerFactory.getLogger(SeparateDelivery.class);

  private final Supplier<NodeSelector> choosers;
  private volatile ClusteredNode node;

  /** Keeps what it has learned, whatever becomes of the cluster. */
  private volatile NodeSelector chooser;

  /**
   * @param choosers make what knows who listens where
   */
  SeparateDelivery(Supplier<NodeSelector> choosers) {
    this.choosers = choosers;
    chooser = choosers.get();
  }

  /** Joins the event bus as {@link Vertx#builder} does, which has no say in who gets a message. */
  static Future<Vertx> start(VertxOptions options, ClusterManager manager) {
    return new VertxBootstrapImpl(options)
        .clusterManager(manager)
        .clusterNodeSelector(new SeparateDelivery(DefaultNodeSelector::new))
        .init()
        .clusteredVertx();
  }

  @Override
  public void init(ClusteredNode own) {
    node = own;
    chooser.init(own);
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
    NodeSelector knowsNothing = choosers.get();
    knowsNothing.init(node);
    knowsNothing.eventBusStarted();
    chooser = knowsNothing;
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return chooser.wantsUpdatesFor(address);
  }
}
