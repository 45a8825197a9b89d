package io.callscope.web.http;

import io.vertx.core.Future;

/** One path. Called on the server's event loop; must not block it. */
@FunctionalInterface
public interface Page {
  Future<Answer> answer(Asked asked);

  /** Of its own, where an answer takes much memory; null if those of all pages will do. */
  default Places places() {
    return null;
  }
}
