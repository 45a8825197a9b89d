package io.callscope.web.security;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The browsers that are logged in. Known by digests of their cookies, so that a copy of this memory
 * opens nothing and looking one up tells nothing by its time. Of one thread.
 */
final class Sessions {
  private final Secrets secrets;
  private final long idleMillis;
  private final long maxMillis;
  private final int max;
  private final int maxPerUser;

  /** The one used last is at the end. */
  private final Map<String, Used> byKey = new LinkedHashMap<>();

  private record Used(Session session, long lastMillis) {}

  /**
   * @param idleMillis a session without a request for so long ends
   * @param maxMillis and so does one that is so old
   * @param max sessions in all; one more ends the one unused for longest
   */
  Sessions(Secrets secrets, long idleMillis, long maxMillis, int max, int maxPerUser) {
    this.secrets = secrets;
    this.idleMillis = idleMillis;
    this.maxMillis = maxMillis;
    this.max = max;
    this.maxPerUser = maxPerUser;
  }

  /** Starts a session and returns the value of its cookie. */
  String start(User user, long nowMillis) {
    expire(nowMillis);
    int ofUser = 0;
    for (Used used : byKey.values()) {
      ofUser += used.session.user().name().equals(user.name()) ? 1 : 0;
    }
    endOldest(ofUser >= maxPerUser ? user.name() : byKey.size() >= max ? null : "");
    String cookie = secrets.random();
    String key = key(cookie);
    byKey.put(key, new Used(new Session(key, user, nowMillis), nowMillis));
    return cookie;
  }

  /** Ends the one unused for longest, of a user or, with null, of all. */
  private void endOldest(String user) {
    Iterator<Used> oldest = byKey.values().iterator();
    while (oldest.hasNext()) {
      Used used = oldest.next();
      if (user == null || used.session.user().name().equals(user)) {
        oldest.remove();
        return;
      }
    }
  }

  /** The session of a cookie, which is used now; null if there is none or it has ended. */
  Session use(String cookie, long nowMillis) {
    String key = key(cookie);
    Used used = byKey.remove(key);
    if (used == null || hasEnded(used, nowMillis)) {
      return null;
    }
    byKey.put(key, new Used(used.session, nowMillis));
    return used.session;
  }

  /** Whether it goes on; does not count as use. */
  boolean isOpen(Session session, long nowMillis) {
    Used used = byKey.get(session.key());
    return used != null && !hasEnded(used, nowMillis);
  }

  void end(Session session) {
    byKey.remove(session.key());
  }

  private void expire(long nowMillis) {
    byKey.values().removeIf(used -> hasEnded(used, nowMillis));
  }

  private boolean hasEnded(Used used, long nowMillis) {
    return nowMillis - used.lastMillis > idleMillis
        || nowMillis - used.session.startMillis() > maxMillis;
  }

  int size() {
    return byKey.size();
  }

  private String key(String cookie) {
    return secrets.digest("session", cookie);
  }
}
