package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.callscope.config.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberFactsTest {
  private static MemberFacts facts(int wire, int partitions, int writers, boolean tls) {
    return facts("edge1-abcdef", wire, partitions, writers, tls);
  }

  private static MemberFacts facts(
      String name, int wire, int partitions, int writers, boolean tls) {
    return new MemberFacts(
        new ProcessName(name),
        Set.of(Role.CAPTURE, Role.WEB),
        "1.0",
        wire,
        partitions,
        writers,
        tls,
        1234);
  }

  private static final MemberFacts OWN = facts("own-abcdef", 1, 16, 8, false);

  @Test
  void whatAMemberTellsOthersRead() {
    assertThat(MemberFacts.of(OWN.attributes())).isEqualTo(OWN);
    assertThat(OWN.roleNames()).containsExactly("capture", "web");
  }

  @Test
  void aMemberOfAnotherProgramIsNone() {
    assertThat(MemberFacts.of(Map.of("__vertx.nodeId", "x"))).isNull();
  }

  @Test
  void whatDoesNotFitTogetherIsSaidWithBothSidesAndTheOption() {
    assertThat(OWN.conflict(List.of(facts(1, 16, 8, false)))).isEmpty();
    assertThat(OWN.conflict(List.of(facts(2, 16, 8, false))))
        .contains("edge1-abcdef")
        .contains("bus version 2")
        .contains("-cluster_name");
    assertThat(OWN.conflict(List.of(facts(1, 8, 8, false))))
        .contains("has 8 partitions, this one 16")
        .contains("-partitions");
    assertThat(OWN.conflict(List.of(facts(1, 16, 4, false))))
        .contains("has 4 pcap writers, this one 8")
        .contains("-pcap_dump_workers");
    assertThat(OWN.conflict(List.of(facts(1, 16, 8, true))))
        .contains("encrypts the event bus, this one does not")
        .contains("-cluster_tls_cert");
  }

  @Test
  void ofTwoThatDoNotFitOnlyTheLaterOneEnds() {
    MemberFacts other = facts(2, 16, 8, false);
    assertThat(OWN.conflict(List.of(OWN, other))).isEmpty();
    assertThat(other.conflict(List.of(OWN, other))).contains("own-abcdef", "bus version 1");
    assertThat(OWN.conflict(List.of(facts("x-abcdef", 1, 16, 8, false), other, OWN)))
        .contains("edge1-abcdef");
  }
}
