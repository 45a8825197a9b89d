package io.callscope.web.security;

import io.callscope.web.view.Shown;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of who did what, and of what was refused, in the logger {@code callscope.audit}. Nothing
 * from outside can end a line or turn it around.
 */
final class Audit {
  static final Logger LOG = LoggerFactory.getLogger("callscope.audit");

  private static final Set<String> NOT_SHOWN = Set.of("csrf", "password");
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_VALUE_LENGTH = 100;

  private Audit() {}

  static void loggedIn(String user, UserRole role, String address) {
    LOG.info("log-in user={} role={} from={}", user, role.text(), address);
  }

  static void loggedOut(Caller caller) {
    LOG.info("log-out user={} from={}", caller.name(), caller.address());
  }

  /**
   * @param name as it was given
   * @param waitSeconds until the next attempt is looked at
   */
  static void loginFailed(String name, String address, long waitSeconds) {
    LOG.warn(
        "log-in failed user={} from={} wait={}s", cut(Shown.quoted(name)), address, waitSeconds);
  }

  /** An action that was let through, once its answer is known. */
  static void action(RoutingContext context, Caller caller, int status) {
    LOG.info("action {} status={}", what(context, caller), status);
  }

  static void refused(RoutingContext context, Caller caller, String why) {
    LOG.warn("refused {}: {}", what(context, caller), why);
  }

  private static String what(RoutingContext context, Caller caller) {
    HttpServerRequest request = context.request();
    StringBuilder text = new StringBuilder("user=").append(caller.name());
    text.append(" role=").append(caller.role() == null ? "-" : caller.role().text());
    text.append(" from=").append(caller.address()).append(' ').append(request.method());
    text.append(' ').append(cut(Shown.plain(request.path())));
    append(text, context.queryParams());
    append(text, request.formAttributes());
    return text.toString();
  }

  private static void append(StringBuilder text, MultiMap parameters) {
    for (Map.Entry<String, String> one : parameters) {
      if (text.length() > MAX_LENGTH) {
        text.append(" …");
        return;
      }
      if (!NOT_SHOWN.contains(one.getKey())) {
        text.append(' ').append(cut(Shown.plain(one.getKey())));
        text.append('=').append(cut(Shown.quoted(one.getValue())));
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_VALUE_LENGTH
        ? text
        : text.substring(0, MAX_VALUE_LENGTH) + "… (" + text.length() + " characters)";
  }
}
