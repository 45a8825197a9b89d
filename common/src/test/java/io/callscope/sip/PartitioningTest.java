package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitioningTest {
  private static final int PARTITIONS = 1 << 20;

  static List<String[]> pairs() {
    return Vectors.rows("uri-pairs.txt");
  }

  private static int partition(String method, String to, String callId, int partitions) {
    String text =
        "SIP/2.0 200 OK\r\nTo: <"
            + to
            + ">\r\nCall-ID: "
            + callId
            + "\r\nCSeq: 1 "
            + method
            + "\r\n\r\n";
    byte[] bytes = Vectors.bytes("xx" + text);
    int[] row = new int[SipIndex.SIZE];
    assertThat(new SipParser().parseDatagram(bytes, 2, text.length(), row)).isZero();
    return Partitioning.of(bytes, 2, row, partitions);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("pairs")
  void addressesThatCompareEqualMeet(
      String number, String a, String b, String shortSame, String butPort) {
    int first = Partitioning.ofAddressOfRecord(Vectors.bytes(a), 0, a.length());
    int second = Partitioning.ofAddressOfRecord(Vectors.bytes("x" + b), 1, b.length());
    if (butPort.equals("y")) {
      assertThat(first).isEqualTo(second);
    }
  }

  @Test
  void registrationsGoByUserAndHostAlone() {
    int partition = partition("REGISTER", "sip:alice@example.com", "1", PARTITIONS);

    assertThat(
            List.of(
                "sip:alice@EXAMPLE.com:5060;transport=tcp?x=y",
                "SIPS:alice:secret@example.com",
                "sip:alice@example.com;x"))
        .allSatisfy(
            to -> assertThat(partition("REGISTER", to, "2", PARTITIONS)).isEqualTo(partition));
    assertThat(List.of("sip:alice@example.org", "sip:bob@example.com", "sip:alic@eexample.com"))
        .allSatisfy(
            to -> assertThat(partition("REGISTER", to, "1", PARTITIONS)).isNotEqualTo(partition));
  }

  @Test
  void oddUsersAndHostsAreKeptApart() {
    int partition = partition("REGISTER", "sip:u;x=1@b", "1", PARTITIONS);

    assertThat(partition("REGISTER", "sip:u;x=1@b:5070;y", "2", PARTITIONS)).isEqualTo(partition);
    assertThat(partition("REGISTER", "sip:u;x=2@b", "1", PARTITIONS)).isNotEqualTo(partition);
    assertThat(partition("REGISTER", "sip:[::1]:1", "1", PARTITIONS))
        .isEqualTo(partition("REGISTER", "sip:[::1]", "2", PARTITIONS))
        .isNotEqualTo(partition("REGISTER", "sip:[::2]", "2", PARTITIONS));
  }

  @Test
  void anythingIsPlaced() {
    for (String to :
        new String[] {"", "x", "sip:", "sip:@", "sip:@@", "@", ":", "sip:[", "sip:a@"}) {
      assertThat(partition("REGISTER", to, "1", 3)).isBetween(0, 2);
    }
  }

  @Test
  void othersGoByCallId() {
    assertThat(partition("INVITE", "sip:a@b", "1", PARTITIONS))
        .isEqualTo(partition("BYE", "sip:c@d", "1", PARTITIONS))
        .isNotEqualTo(partition("INVITE", "sip:a@b", "2", PARTITIONS));
  }

  @Test
  void partitionsFillEvenly() {
    int[] calls = new int[4];
    int[] registrations = new int[4];
    for (int i = 0; i < 4000; i++) {
      calls[partition("INVITE", "sip:a@b", "call-" + i + "@192.0.2.1", 4)]++;
      registrations[partition("REGISTER", "sip:" + (100_000 + i) + "@example.com", "1", 4)]++;
    }
    assertThat(Arrays.stream(calls).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    assertThat(Arrays.stream(registrations).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }
}
