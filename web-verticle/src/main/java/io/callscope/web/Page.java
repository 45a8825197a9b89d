package io.callscope.web;

import io.vertx.core.Future;

/** One path. Called on the server's event loop; must not block it. */
@FunctionalInterface
interface Page {
  Future<Answer> answer(Asked asked);
}
