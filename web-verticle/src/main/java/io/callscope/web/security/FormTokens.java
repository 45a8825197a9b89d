package io.callscope.web.security;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Tokens that prove that a form came from a page of ours: keyed digests of a cookie, the session's
 * or, without one, one that is set with the first page.
 */
final class FormTokens {
  /** Field of a form with the token. */
  static final String FIELD = "csrf";

  /** The same for scripts of our pages. */
  static final String HEADER = "x-csrf-token";

  private final Secrets secrets;
  private final Cookies cookies;

  FormTokens(Secrets secrets, Cookies cookies) {
    this.secrets = secrets;
    this.cookies = cookies;
  }

  /** The token for forms of a page; may set a cookie. */
  String of(RoutingContext context) {
    Caller caller = Caller.of(context);
    if (caller.seed().isEmpty()) {
      String seed = secrets.random();
      cookies.setVisit(context, seed);
      caller = caller.withSeed(seed);
      caller.put(context);
    }
    return token(caller);
  }

  /** Whether a request has the right one, in its body or a header. */
  boolean isGood(RoutingContext context) {
    Caller caller = Caller.of(context);
    HttpServerRequest request = context.request();
    String header = request.getHeader(HEADER);
    String given = header != null ? header : request.formAttributes().get(FIELD);
    return given != null && !caller.seed().isEmpty() && Secrets.same(given, token(caller));
  }

  private String token(Caller caller) {
    return secrets.digest("form", caller.seed());
  }
}
