package io.callscope.web.http;

import io.vertx.ext.web.RoutingContext;

/** Why a request is not answered; for {@link Responder#failed}. Has no stack trace. */
public final class Refused extends RuntimeException {
  private Refused(String why) {
    super(why, null, false, false);
  }

  /** Ends a request with a status and a reason for people. */
  public static void with(RoutingContext context, int status, String why) {
    context.fail(status, new Refused(why));
  }
}
