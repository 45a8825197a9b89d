package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final PasswordHash HASH = PasswordHash.of("secret", 10_000);
  private static final User ANN = new User("ann", UserRole.OPERATOR, HASH);
  private static final User BOB = new User("bob", UserRole.VIEWER, HASH);

  private final Sessions sessions = new Sessions(new Secrets(), 100, 1000, 4, 2);

  @Test
  void aCookieOpensItsSessionAndNothingElseDoes() {
    String cookie = sessions.start(ANN, 0);
    assertThat(cookie).hasSize(43);
    Session session = sessions.use(cookie, 1);
    assertThat(session.user()).isEqualTo(ANN);
    assertThat(session.key()).as("not the cookie").isNotEqualTo(cookie);
    assertThat(sessions.use(session.key(), 1)).isNull();
    assertThat(sessions.use("", 1)).isNull();
    assertThat(sessions.start(ANN, 2)).isNotEqualTo(cookie);
  }

  @Test
  void anIdleSessionEnds() {
    String cookie = sessions.start(ANN, 0);
    assertThat(sessions.use(cookie, 100)).isNotNull();
    assertThat(sessions.use(cookie, 200)).isNotNull();
    assertThat(sessions.use(cookie, 301)).isNull();
    assertThat(sessions.use(cookie, 302)).isNull();
  }

  @Test
  void anOldSessionEndsThoughItIsUsed() {
    String cookie = sessions.start(ANN, 0);
    for (long now = 0; now <= 1000; now += 100) {
      assertThat(sessions.use(cookie, now)).isNotNull();
    }
    assertThat(sessions.use(cookie, 1001)).isNull();
  }

  @Test
  void whatIsOpenIsToldWithoutUsingIt() {
    Session session = sessions.use(sessions.start(ANN, 0), 0);
    assertThat(sessions.isOpen(session, 100)).isTrue();
    assertThat(sessions.isOpen(session, 101)).isFalse();
    sessions.end(session);
    assertThat(sessions.isOpen(session, 50)).isFalse();
  }

  @Test
  void tooManyEndTheOneUnusedForLongest() {
    String first = sessions.start(ANN, 0);
    String second = sessions.start(ANN, 1);
    sessions.use(first, 2);
    sessions.start(ANN, 3);
    assertThat(sessions.use(second, 4)).as("ann's own").isNull();
    assertThat(sessions.use(first, 5)).isNotNull();
    String bob = sessions.start(BOB, 6);
    sessions.start(BOB, 7);
    sessions.start(new User("cy", UserRole.VIEWER, HASH), 8);
    assertThat(sessions.size()).isEqualTo(4);
    assertThat(sessions.use(bob, 9)).isNotNull();
  }
}
