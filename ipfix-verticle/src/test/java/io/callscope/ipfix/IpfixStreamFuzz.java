package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A connection of an SBC: the same records however it is read, and all of them accounted for. */
public final class IpfixStreamFuzz {
  private IpfixStreamFuzz() {}

  /** A byte that chooses the cuts, then the stream. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    Fixture whole = fixture();
    Connection connection = whole.open();
    whole.read(connection, stream);
    Fixture pieces = fixture();
    Connection other = pieces.open();
    SplittableRandom cuts = new SplittableRandom(input[0]);
    for (int at = 0; at < stream.length; ) {
      int to = Math.min(stream.length, at + 1 + cuts.nextInt(cuts.nextInt(4) == 0 ? 400 : 30));
      pieces.read(other, Arrays.copyOfRange(stream, at, to));
      at = to;
    }
    assertThat(other.open).isEqualTo(connection.open);
    assertThat(pieces.records()).isEqualTo(whole.records());
    for (Fixture fixture : List.of(whole, pieces)) {
      fixture.pass(60);
      assertThat(fixture.count("err_bug")).isZero();
      assertThat(fixture.counters.balance().missing()).isZero();
      assertThat(fixture.sip.records()).isEqualTo(fixture.counters.sipRecords());
      assertThat(fixture.count("conns_active")).isZero();
    }
  }

  private static Fixture fixture() {
    return new Fixture(new CollectorSettings("x", Timeouts.of(5, 5), false, false, 0xff));
  }

  static List<byte[]> seeds() {
    return Stream.of(
            Examples.stream("12.10-request", "12.1", "12.3"),
            Examples.stream("12.4", "12.5"),
            Examples.stream("12.6", "12.7"),
            Examples.joined("12.1", "12.8"),
            Examples.stream("12.9"))
        .map(IpfixStreamFuzz::withCuts)
        .toList();
  }

  private static byte[] withCuts(byte[] stream) {
    byte[] input = new byte[1 + stream.length];
    input[0] = (byte) stream.length;
    System.arraycopy(stream, 0, input, 1, stream.length);
    return input;
  }
}
