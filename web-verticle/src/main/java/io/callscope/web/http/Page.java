package io.callscope.web.http;

import io.vertx.core.Future;

/** One path. Called on the server's event loop; must not block it. */
@FunctionalInterface
public interface Page {
  Future<Answer> answer(Asked asked);
}
