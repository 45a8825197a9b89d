package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.testdata.Generate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A generated capture, to be replayed at its own speed.
 *
 * @param golden the events that must come of it
 */
record Traffic(Path capture, Path golden) {
  private static final int LATER_SECONDS = 10;

  /**
   * Calls of three seconds, from now on or a little later: live traffic beside it has the same
   * clock.
   *
   * @param more kinds of calls: {@code ,open=1}
   */
  static Traffic generate(Path folder, String name, int callsPerSecond, int seconds, String more) {
    Path capture = folder.resolve(name + ".pcap");
    int generated =
        Generate.run(
            new String[] {
              capture.toString(),
              "--golden",
              "--calls=" + callsPerSecond * seconds,
              "--cps=" + callsPerSecond,
              "--seed=" + name.hashCode(),
              "--start=" + (System.currentTimeMillis() / 1000 + LATER_SECONDS),
              "--duration=3",
              "--two-legs=0",
              "--mix=answered=6,early=2,reinvite=1,reject=1,cancel=1" + more
            },
            System.out,
            System.err);
    assertThat(generated).isZero();
    return new Traffic(capture, folder.resolve(name + ".events"));
  }

  Set<String> callIds() throws IOException {
    return EventBalance.callIds(golden);
  }

  EventBalance balance(List<CallEvent> events) throws IOException {
    return EventBalance.of(golden, events);
  }

  static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  /** A figure, for who wants to know more than that it was good enough. */
  static void say(String text) {
    System.out.println(text);
  }
}
