package io.callscope.web.security;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/**
 * The two cookies (RFC 6265): that of a session and, for who has none, one that the tokens of forms
 * are bound to. Their names have the port in them, since cookies do not know ports and two servers
 * on a host would take each other's away. Over TLS {@code __Host-} keeps sub-domains from setting
 * them.
 */
final class Cookies {
  private final String session;
  private final String visit;
  private final ClientAddress addresses;

  Cookies(int port, ClientAddress addresses) {
    session = "callscope-session-" + port;
    visit = "callscope-visit-" + port;
    this.addresses = addresses;
  }

  /** The value of the session's cookie, empty if there is none. */
  String session(RoutingContext context) {
    return value(context, session);
  }

  /** Lax: a link to a call in a mail or ticket must find its user logged in. */
  void setSession(RoutingContext context, String value) {
    set(context, session, value, CookieSameSite.LAX);
  }

  void clearSession(RoutingContext context) {
    context
        .response()
        .addCookie(cookie(context, name(context, session), "", CookieSameSite.LAX).setMaxAge(0));
  }

  String visit(RoutingContext context) {
    return value(context, visit);
  }

  void setVisit(RoutingContext context, String value) {
    set(context, visit, value, CookieSameSite.STRICT);
  }

  private String value(RoutingContext context, String name) {
    Cookie cookie = context.request().getCookie(name(context, name));
    String value = cookie == null ? "" : cookie.getValue();
    return value.length() > 100 ? "" : value;
  }

  private void set(RoutingContext context, String name, String value, CookieSameSite site) {
    context.response().addCookie(cookie(context, name(context, name), value, site));
  }

  private Cookie cookie(RoutingContext context, String name, String value, CookieSameSite site) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSameSite(site)
        .setSecure(isSecure(context))
        .setPath("/");
  }

  private String name(RoutingContext context, String name) {
    return isSecure(context) ? "__Host-" + name : name;
  }

  /** Whether the client speaks TLS, with us or with our proxy. */
  boolean isSecure(RoutingContext context) {
    return context.request().isSSL()
        || ("https".equals(context.request().getHeader("x-forwarded-proto"))
            && addresses.isProxy(context.request().remoteAddress().hostAddress()));
  }
}
