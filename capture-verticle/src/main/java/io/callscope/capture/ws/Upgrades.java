package io.callscope.capture.ws;

/**
 * What the HTTP messages of one direction say of an upgrade (RFC 6455 §4.1, §4.2.2): counted, and
 * noted for both directions. One thread.
 */
final class Upgrades {
  /** What a reply makes of the connection. */
  enum Answer {
    /** It stays HTTP. */
    NONE,
    WEB_SOCKET,
    OTHER
  }

  private final HttpCounters counters;
  private final WebSession session;

  Upgrades(HttpCounters counters, WebSession session) {
    this.counters = counters;
    this.session = session;
  }

  /** Whether a request asks for a WebSocket. */
  boolean request(HttpHead head) {
    if (!head.upgrades()) {
      return false;
    }
    counters.increment(counters.upgradeReqs);
    if (!head.upgradesToWebSocket()) {
      return false;
    }
    counters.increment(counters.upgradeWs);
    session.upgrade = WebSession.Upgrade.UNKNOWN;
    session.offersSip = head.namesSip();
    if (head.namesSip()) {
      counters.increment(counters.upgradeSip);
    }
    return true;
  }

  Answer reply(HttpHead head) {
    if (head.status != 101) {
      if (head.status >= 200) {
        session.upgrade = WebSession.Upgrade.REFUSED;
      }
      if (head.upgrades()) {
        counters.increment(counters.upgradeErr);
      }
      return Answer.NONE;
    }
    counters.increment(counters.upgradeOk);
    if (!head.upgradesToWebSocket()) {
      return Answer.OTHER;
    }
    counters.increment(counters.upgradeWs);
    session.upgrade = WebSession.Upgrade.ACCEPTED;
    session.isSip = head.namesSip() || (!head.namesProtocol() && session.offersSip);
    if (session.isSip) {
      counters.increment(counters.upgradeSip);
    }
    String deflate = head.deflate();
    if (deflate != null) {
      session.clientForgets = deflate.contains("client_no_context_takeover");
      session.serverForgets = deflate.contains("server_no_context_takeover");
    }
    return Answer.WEB_SOCKET;
  }
}
