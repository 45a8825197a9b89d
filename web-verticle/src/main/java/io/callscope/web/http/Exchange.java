package io.callscope.web.http;

import io.vertx.ext.web.RoutingContext;

/**
 * A path that writes its answer itself, such as a stream or a download. Called on the server's
 * event loop; {@link Responder#headers} has the headers every answer carries.
 */
@FunctionalInterface
public interface Exchange {
  void handle(RoutingContext context, Asked asked);
}
