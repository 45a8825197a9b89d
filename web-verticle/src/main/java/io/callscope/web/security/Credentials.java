package io.callscope.web.security;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Checks names and passwords: hashes on a small pool of its own, remembers right ones for a while
 * and slows down who guesses. Of the server's context.
 */
final class Credentials {
  private static final long CACHE_MILLIS = 300_000;
  private static final int CACHE_ENTRIES = 1000;
  private static final int FREE_FAILURES = 5;
  private static final int FREE_FAILURES_OF_ADDRESS = 20;
  private static final long MAX_WAIT_MILLIS = 300_000;
  private static final int THROTTLED_ENTRIES = 10_000;
  private static final int MOST_AT_WORK = 16;

  private final UserStore users;
  private final Secrets secrets;
  private final WorkerExecutor workers;
  private final LongSupplier clock;
  private final SecurityCounters counters;
  private final CredentialCache cache = new CredentialCache(CACHE_ENTRIES, CACHE_MILLIS);
  private final LoginThrottle byAddress =
      new LoginThrottle(FREE_FAILURES_OF_ADDRESS, MAX_WAIT_MILLIS, THROTTLED_ENTRIES);
  private final LoginThrottle byUser =
      new LoginThrottle(FREE_FAILURES, MAX_WAIT_MILLIS, THROTTLED_ENTRIES);

  /** Where users have logged in from: nobody else's guesses lock them out there. */
  private final Map<String, Boolean> familiar = new BoundedMap<>(THROTTLED_ENTRIES);

  /** What is being checked, so that the same is not checked twice at a time. */
  private final Map<String, Future<Result>> atWork = new HashMap<>();

  Credentials(
      UserStore users,
      Secrets secrets,
      WorkerExecutor workers,
      LongSupplier clock,
      SecurityCounters counters) {
    this.users = users;
    this.secrets = secrets;
    this.workers = workers;
    this.clock = clock;
    this.counters = counters;
  }

  /**
   * What came of it.
   *
   * @param user null unless the credentials are right
   * @param waitSeconds until the next attempt is looked at; 0 if this one was
   */
  record Result(User user, long waitSeconds) {
    private static final Result WRONG = new Result(null, 0);
  }

  /**
   * @param address of the client
   */
  Future<Result> check(String name, String password, String address) {
    String digest = secrets.digest("credentials", name + "\n" + password);
    long now = clock.getAsLong();
    User user = users.named(name);
    if (user != null && cache.has(digest, user, now)) {
      return Future.succeededFuture(new Result(user, 0));
    }
    String work = digest + ClientAddress.group(address);
    Future<Result> same = atWork.get(work);
    return same != null ? same : attempt(user, name, password, address, digest, work);
  }

  private Future<Result> attempt(
      User user, String name, String password, String address, String digest, String work) {
    long now = clock.getAsLong();
    String group = ClientAddress.group(address);
    String place = user == null ? "" : user.name() + " " + group;
    boolean ofUser = user != null && !familiar.containsKey(place);
    long wait =
        Math.max(
            byAddress.waitMillis(group, now), ofUser ? byUser.waitMillis(user.name(), now) : 0);
    if (wait > 0) {
      counters.throttled();
      return Future.succeededFuture(new Result(null, (wait + 999) / 1000));
    }
    if (atWork.size() >= MOST_AT_WORK) {
      counters.busy();
      return Future.succeededFuture(new Result(null, 1));
    }
    byAddress.attempted(group, now);
    if (ofUser) {
      byUser.attempted(user.name(), now);
    }
    PasswordHash hash = user == null ? users.nobodys() : user.password();
    boolean tooLong = password.length() > PasswordHash.MAX_PASSWORD_LENGTH;
    Future<Result> result =
        workers
            .executeBlocking(() -> !tooLong && hash.matches(password) && user != null, false)
            .map(right -> right ? accepted(user, group, place, digest) : wrong(name, address));
    atWork.put(work, result);
    return result.onComplete(done -> atWork.remove(work));
  }

  private Result accepted(User user, String group, String place, String digest) {
    byAddress.succeeded(group);
    byUser.succeeded(user.name());
    familiar.put(place, true);
    cache.add(digest, user, clock.getAsLong());
    return new Result(user, 0);
  }

  /** Attempts that must wait are counted alone, so that nobody fills the log. */
  private Result wrong(String name, String address) {
    counters.wrongCredentials();
    long now = clock.getAsLong();
    long wait =
        Math.max(
            byAddress.waitMillis(ClientAddress.group(address), now), byUser.waitMillis(name, now));
    Audit.loginFailed(name, address, wait / 1000);
    return Result.WRONG;
  }
}
