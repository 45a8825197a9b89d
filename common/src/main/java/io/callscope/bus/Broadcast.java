package io.callscope.bus;

import io.vertx.core.eventbus.EventBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to all who listen, wherever they are. */
public final class Broadcast {
  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

  private Broadcast() {}

  /**
   * As {@link EventBus#publish(String, Object)}, but never fails. That throws where the connection
   * to one of several processes has just broken and the bus does not know it yet: it fails the one
   * promise of the message once a process. Whoever publishes must not stumble over that; listeners
   * behind the one that is gone miss the message, as they may.
   */
  public static void publish(EventBus bus, String address, Object body) {
    try {
      bus.publish(address, body);
    } catch (IllegalStateException e) {
      LOG.warn("not all who listen were told of {}: a process has just gone", address);
      LOG.debug("its connection is broken", e);
    }
  }
}
