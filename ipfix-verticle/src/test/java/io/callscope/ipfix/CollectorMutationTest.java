package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes, nothing is thrown, everything is accounted for, and no connection hangs. */
class CollectorMutationTest {
  private static final int INPUTS = 1_000_000;
  private static final int PER_CONNECTION = 50;
  private static final String[] SEEDS = {
    "12.1", "12.3", "12.4", "12.5", "12.6", "12.7", "12.8", "12.9", "12.10-request"
  };

  private final SplittableRandom random = new SplittableRandom(5);
  private final byte[][] seeds = new byte[SEEDS.length][];

  CollectorMutationTest() {
    for (int i = 0; i < SEEDS.length; i++) {
      seeds[i] = Examples.of(SEEDS[i]);
    }
  }

  private byte[] input() {
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] input = seeds[random.nextInt(seeds.length)].clone();
    // Changes behind the header, most of them: a wrong header ends the connection at once.
    int from = random.nextInt(20) == 0 ? 0 : 16;
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int at =
          from + random.nextInt(Math.min(input.length - from, random.nextInt(3) == 0 ? 400 : 50));
      input[at] = interesting(input[at]);
    }
    return random.nextInt(100) == 0 ? Arrays.copyOf(input, random.nextInt(input.length)) : input;
  }

  private byte interesting(byte octet) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> (byte) 0xff;
      case 2 -> (byte) (octet + 1);
      case 3 -> (byte) (octet ^ 1 << random.nextInt(8));
      default -> (byte) random.nextInt(256);
    };
  }

  @Test
  void aMillionInputs() {
    Fixture fixture =
        new Fixture(new CollectorSettings("x", Timeouts.of(5, 5), false, false, 0xff));
    Connection connection = fixture.open();
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = input();
      if (random.nextInt(4) == 0 && input.length > 1) {
        int cut = 1 + random.nextInt(input.length - 1);
        fixture.read(connection, Arrays.copyOf(input, cut));
        fixture.read(connection, Arrays.copyOfRange(input, cut, input.length));
      } else {
        fixture.read(connection, input);
      }
      if (!connection.open || i % PER_CONNECTION == 0) {
        fixture.pass(6);
        assertThat(connection.open).as("silent beyond its timeout").isFalse();
        connection = fixture.open();
        fixture.records().clear();
      }
    }
    assertThat(fixture.count("err_bug")).isZero();
    assertThat(fixture.counters.balance().missing()).isZero();
    assertThat(fixture.sip.records()).isEqualTo(fixture.counters.sipRecords());
    assertThat(fixture.count("conn_open")).isGreaterThan(10_000);
    assertThat(fixture.count("qos")).isGreaterThan(10_000);
    assertThat(fixture.counters.sipRecords()).isGreaterThan(INPUTS / 10);
    assertThat(fixture.count("err_parse")).isGreaterThan(10_000);
    assertThat(fixture.count("conns_active")).isEqualTo(1);
  }
}
