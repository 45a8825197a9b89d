package io.callscope.web.security;

import io.vertx.ext.web.RoutingContext;

/**
 * Who makes a request.
 *
 * @param name of the user; {@code -} if nobody has to log in, or has yet
 * @param role null for who has not logged in
 * @param address where from
 * @param session null unless a browser is logged in
 * @param seed what the tokens of the forms are made of: the value of the cookie; empty without
 */
record Caller(String name, UserRole role, String address, Session session, String seed) {
  private static final String KEY = Caller.class.getName();

  static Caller of(RoutingContext context) {
    return context.get(KEY);
  }

  void put(RoutingContext context) {
    context.put(KEY, this);
  }

  Caller withSeed(String value) {
    return new Caller(name, role, address, session, value);
  }
}
