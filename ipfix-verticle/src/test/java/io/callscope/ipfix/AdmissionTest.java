package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Fixture fixture = new Fixture();
  private final Admission admission = new Admission(3);

  private Connection connect() {
    Connection connection = fixture.open();
    return admission.admit(connection) ? connection : null;
  }

  private void handshake(Connection connection) {
    fixture.read(connection, Examples.of("12.1"));
  }

  @Test
  void theOldestWithoutAHandshakeMakesRoom() {
    Connection first = connect();
    handshake(first);
    Connection second = connect();
    Connection third = connect();

    Connection fourth = connect();

    assertThat(fourth).isNotNull();
    assertThat(Fixture.peer(first).closed).isFalse();
    assertThat(Fixture.peer(second).closed).isTrue();
    assertThat(second.broken).isEqualTo(Admission.DISPLACED);
    assertThat(Fixture.peer(third).closed).isFalse();
    assertThat(admission.displaced()).isEqualTo(1);
    assertThat(admission.refused()).isZero();
  }

  @Test
  void whereAllHaveShakenHandsTheNewOneIsRefusedUntilOneGoes() {
    Connection first = connect();
    handshake(first);
    handshake(connect());
    handshake(connect());

    assertThat(connect()).isNull();
    assertThat(admission.refusedFull()).isEqualTo(1);
    assertThat(admission.refused()).isEqualTo(1);

    admission.closed(first);
    admission.done();
    assertThat(connect()).isNotNull();
  }

  @Test
  void thoseThatComeAndGoAreBoundedWhileTheCollectorWaits() {
    for (int i = 0; i < 6; i++) {
      admission.closed(connect());
    }
    assertThat(connect()).as("none of six has been worked off").isNull();
    admission.done();
    assertThat(connect()).isNotNull();
  }

  @Test
  void whoReadsNoAnswersIsClosedAndCountedOnce() {
    Connection connection = connect();
    admission.closeUnread(connection);
    admission.closeUnread(connection);
    assertThat(Fixture.peer(connection).closed).isTrue();
    assertThat(connection.broken).isEqualTo(Admission.UNREAD);
    assertThat(admission.unread()).isEqualTo(1);
  }

  @Test
  void addressesThatMayNotConnectAreCountedApart() {
    admission.notAllowed();
    assertThat(admission.refused()).isEqualTo(1);
    assertThat(admission.refusedFull()).isZero();
  }
}
