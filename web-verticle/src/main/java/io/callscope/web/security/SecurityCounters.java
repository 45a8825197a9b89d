package io.callscope.web.security;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** What the entrance of the web server let in and turned away; written by the server's context. */
public final class SecurityCounters {
  private final CounterGroup group;
  private final int requests;
  private final int badTargets;
  private final int badBodies;
  private final int foreignHosts;
  private final int unauthenticated;
  private final int logins;
  private final int wrongCredentials;
  private final int throttled;
  private final int busy;
  private final int sessions;
  private final int actions;
  private final int notOperator;
  private final int foreignSites;
  private final int noToken;

  SecurityCounters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("web.security");
    requests = builder.add("requests", "requests at the entrance");
    badTargets = builder.add("bad_targets", "refused: broken escape, NUL or control character");
    badBodies = builder.add("bad_bodies", "broken off: a body that breaks HTTP or its own format");
    foreignHosts = builder.add("foreign_hosts", "refused: not a name of this server in Host");
    unauthenticated = builder.add("unauthenticated", "refused or sent to the log-in page");
    logins = builder.add("logins", "log-ins of browsers");
    wrongCredentials = builder.add("wrong_credentials", "wrong names or passwords");
    throttled = builder.add("throttled", "log-ins refused unseen after too many wrong ones");
    busy = builder.add("login_busy", "log-ins refused since too many were being checked");
    sessions = builder.add("sessions", CounterKind.GAUGE, "browsers logged in");
    actions = builder.add("actions", "actions let through");
    notOperator = builder.add("not_operator", "actions refused: a viewer asked");
    foreignSites = builder.add("foreign_sites", "actions refused: another site asked");
    noToken = builder.add("no_token", "actions refused: no or an old token of a form");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  void request() {
    group.increment(requests);
  }

  void badTarget() {
    group.increment(badTargets);
  }

  void badBody() {
    group.increment(badBodies);
  }

  void foreignHost() {
    group.increment(foreignHosts);
  }

  void unauthenticated() {
    group.increment(unauthenticated);
  }

  void login(int open) {
    group.increment(logins);
    sessions(open);
  }

  void sessions(int open) {
    group.set(sessions, open);
  }

  void wrongCredentials() {
    group.increment(wrongCredentials);
  }

  void throttled() {
    group.increment(throttled);
  }

  void busy() {
    group.increment(busy);
  }

  void action() {
    group.increment(actions);
  }

  void notOperator() {
    group.increment(notOperator);
  }

  void foreignSite() {
    group.increment(foreignSites);
  }

  void noToken() {
    group.increment(noToken);
  }
}
