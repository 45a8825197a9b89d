package io.callscope.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final Connections<String> connections =
      new Connections<>(3, new Connections.Times(10, 30));

  @Test
  void whoSendsNoHeadInTimeIsOverdue() {
    connections.opened("a", 0);
    connections.opened("b", 5);
    assertThat(connections.overdue(10)).isEmpty();
    assertThat(connections.overdue(11)).containsExactly("a");
    assertThat(connections.overdue(16)).containsExactly("b");
    assertThat(connections.size()).isZero();
    assertThat(connections.slow()).isEqualTo(2);
  }

  @Test
  void aBodyHasItsTimeAndAnAnswerMayTakeAsLongAsItLikes() {
    connections.opened("a", 0);
    connections.began("a", "r", 0, 5);
    assertThat(connections.overdue(35)).isEmpty();
    connections.bodyRead("a", "r");
    assertThat(connections.overdue(100_000)).isEmpty();
    connections.ended("a", "r", 100_000);
    assertThat(connections.overdue(100_010)).isEmpty();
    assertThat(connections.overdue(100_011)).containsExactly("a");
  }

  @Test
  void aSlowBodyIsOverdue() {
    connections.opened("a", 0);
    connections.began("a", "r", 0, 5);
    assertThat(connections.overdue(36)).containsExactly("a");
  }

  @Test
  void aLongBodyHasMoreTime() {
    connections.opened("a", 0);
    connections.began("a", "r", 6400, 0);
    assertThat(connections.overdue(130)).isEmpty();
    assertThat(connections.overdue(131)).containsExactly("a");
  }

  @Test
  void oneOfSeveralRequestsIsEnough() {
    connections.opened("a", 0);
    connections.began("a", "r1", 0, 0);
    connections.began("a", "r2", 0, 20);
    connections.bodyRead("a", "r1");
    connections.ended("a", "r1", 25);
    assertThat(connections.overdue(50)).isEmpty();
    assertThat(connections.overdue(51)).containsExactly("a");
  }

  @Test
  void theOneThatWaitsLongestMakesRoom() {
    connections.opened("a", 0);
    connections.opened("b", 1);
    connections.opened("c", 2);
    connections.began("a", "r", 0, 3);
    assertThat(connections.opened("d", 4)).isEqualTo("b");
    assertThat(connections.size()).isEqualTo(3);
    assertThat(connections.displaced()).isEqualTo(1);
  }

  @Test
  void ifAllAreAtWorkTheNewOneGoes() {
    for (String connection : new String[] {"a", "b", "c"}) {
      connections.opened(connection, 0);
      connections.began(connection, "r", 0, 0);
    }
    assertThat(connections.opened("d", 1)).isEqualTo("d");
    assertThat(connections.refused()).isEqualTo(1);
    connections.closed("a");
    assertThat(connections.opened("d", 1)).isNull();
  }

  @Test
  void whatComesAfterTheCloseIsForgotten() {
    connections.opened("a", 0);
    connections.closed("a");
    connections.began("a", "r", 0, 1);
    connections.ended("a", "r", 1);
    assertThat(connections.size()).isZero();
  }
}
