package io.callscope.web.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/**
 * Lets no page of another site act through a user's browser: browsers say where a request comes
 * from, scripts do not.
 */
public final class SameSite implements Guard {
  @Override
  public Future<String> refusal(RoutingContext context) {
    HttpServerRequest request = context.request();
    String site = request.getHeader("sec-fetch-site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Future.succeededFuture("a page of another site asked for this");
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean foreign = origin != null && !isOurs(origin, request.getHeader(HttpHeaders.HOST));
    return Future.succeededFuture(foreign ? "a page of another origin asked for this" : "");
  }

  /** The scheme is not compared: a proxy in front may speak TLS. */
  private static boolean isOurs(String origin, String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
