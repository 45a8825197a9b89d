package io.callscope.web.http;

import io.vertx.ext.web.RoutingContext;

/** Makes what stands around the content of a page. Called on the server's event loop. */
@FunctionalInterface
public interface Frames {
  Templates.Frame of(RoutingContext context, String title);
}
