package io.callscope.web.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** What the checks want to know of a request. */
final class Requests {
  private Requests() {}

  /** The value of Host, or of {@code :authority} (RFC 9113 §8.3.1); null if there is none. */
  static String host(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    HostAndPort authority = host == null ? request.authority() : null;
    return authority == null ? host : authority.toString();
  }

  static RequestOrigin origin(HttpServerRequest request) {
    HttpMethod method = request.method();
    return new RequestOrigin(
        method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD),
        host(request),
        request.getHeader("sec-fetch-site"),
        request.getHeader(HttpHeaders.ORIGIN),
        request.getHeader(HttpHeaders.REFERER),
        request.getHeader(HttpHeaders.USER_AGENT));
  }

  /** Whether it came through a proxy, as far as proxies say so. */
  static boolean isForwarded(HttpServerRequest request) {
    return request.headers().contains("x-forwarded-for")
        || request.headers().contains("forwarded")
        || request.headers().contains("via");
  }
}
