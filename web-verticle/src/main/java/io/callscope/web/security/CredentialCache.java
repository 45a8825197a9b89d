package io.callscope.web.security;

import java.util.Map;

/**
 * Credentials that were right a short time ago, so that a script is not held up by PBKDF2 at every
 * request. Holds keyed digests, no passwords. Of one thread.
 */
final class CredentialCache {
  private final long lifeMillis;
  private final Map<String, Verified> byDigest;

  CredentialCache(int max, long lifeMillis) {
    this.lifeMillis = lifeMillis;
    byDigest = new BoundedMap<>(max);
  }

  private record Verified(User user, long sinceMillis) {}

  void add(String digest, User user, long nowMillis) {
    byDigest.put(digest, new Verified(user, nowMillis));
  }

  /**
   * Whether these credentials were verified lately.
   *
   * @param user as the file of users has it now; a new password makes old ones worthless
   */
  boolean has(String digest, User user, long nowMillis) {
    Verified verified = byDigest.get(digest);
    if (verified == null) {
      return false;
    }
    if (nowMillis - verified.sinceMillis <= lifeMillis
        && verified.user.name().equals(user.name())
        && verified.user.password().equals(user.password())) {
      return true;
    }
    byDigest.remove(digest);
    return false;
  }
}
