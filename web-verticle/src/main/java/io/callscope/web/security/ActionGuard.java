package io.callscope.web.security;

import io.callscope.web.http.Guard;
import io.callscope.web.http.Refused;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets an operator act, from a page of ours or from a script, and nobody else; logs both. Of the
 * server's context.
 */
final class ActionGuard implements Guard {
  private final FormTokens tokens;
  private final SecurityCounters counters;

  ActionGuard(FormTokens tokens, SecurityCounters counters) {
    this.tokens = tokens;
    this.counters = counters;
  }

  @Override
  public Future<String> refusal(RoutingContext context) {
    Caller caller = Caller.of(context);
    String why = why(context, caller);
    if (why.isEmpty()) {
      counters.action();
      context.addEndHandler(
          done -> Audit.action(context, caller, context.response().getStatusCode()));
    } else {
      Audit.refused(context, caller, why);
    }
    return Future.succeededFuture(why);
  }

  void beforeBody(RoutingContext context) {
    Caller caller = Caller.of(context);
    String why = whyNot(context, caller);
    if (why.isEmpty()) {
      context.next();
    } else {
      Audit.refused(context, caller, why);
      Refused.with(context, 403, why);
    }
  }

  private String why(RoutingContext context, Caller caller) {
    String why = whyNot(context, caller);
    if (!why.isEmpty()) {
      return why;
    }
    boolean post = context.request().method().equals(HttpMethod.POST);
    RequestOrigin origin = Requests.origin(context.request());
    boolean byCookie = caller.session() != null || origin.isOfBrowser();
    if (post && byCookie && !tokens.isGood(context)) {
      counters.noToken();
      return "the form is too old, or cookies are off: load its page again";
    }
    return "";
  }

  /** All but the token, which may come in the body. */
  private String whyNot(RoutingContext context, Caller caller) {
    if (caller.role() == null || !caller.role().mayAct()) {
      counters.notOperator();
      return "this needs a user with the role operator";
    }
    RequestOrigin origin = Requests.origin(context.request());
    String foreign = origin.refusal();
    if (!foreign.isEmpty()) {
      counters.foreignSite();
      return foreign;
    }
    return "";
  }
}
