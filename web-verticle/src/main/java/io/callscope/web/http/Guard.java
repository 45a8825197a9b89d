package io.callscope.web.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Decides whether a request that would change something may do so. */
@FunctionalInterface
public interface Guard {
  /**
   * Why it may not, empty if it may. Called on the server's event loop once the body is read, for
   * each request that acts: a POST, or a GET with parameters to a path of actions.
   */
  Future<String> refusal(RoutingContext context);
}
