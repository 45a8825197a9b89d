package io.callscope.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.callscope.capture.decode.PacketFuzz;
import io.callscope.capture.fragment.FragmentFuzz;
import io.callscope.capture.inject.InjectRequestFuzz;
import io.callscope.capture.tcp.SipStreamFuzz;
import io.callscope.capture.tcp.TcpFuzz;
import io.callscope.capture.ws.WebSocketFuzz;
import io.callscope.fuzz.Campaign;
import io.callscope.fuzz.FuzzClasses;
import io.callscope.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class CaptureFuzzTest {
  private static final Logger PARSE_LOG = (Logger) LoggerFactory.getLogger("io.callscope.parse");

  /** Nearly all that comes here is an error. */
  @BeforeAll
  static void mute() {
    PARSE_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void unmute() {
    PARSE_LOG.setLevel(null);
  }

  static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(PacketFuzz.class, PacketFuzz::fuzzerTestOneInput, PacketFuzz.seeds()),
        new FuzzTarget(FragmentFuzz.class, FragmentFuzz::fuzzerTestOneInput, FragmentFuzz.seeds()),
        new FuzzTarget(TcpFuzz.class, TcpFuzz::fuzzerTestOneInput, TcpFuzz.seeds()),
        new FuzzTarget(
            SipStreamFuzz.class, SipStreamFuzz::fuzzerTestOneInput, SipStreamFuzz.seeds()),
        new FuzzTarget(
            WebSocketFuzz.class, WebSocketFuzz::fuzzerTestOneInput, WebSocketFuzz.seeds()),
        new FuzzTarget(
            InjectRequestFuzz.class,
            InjectRequestFuzz::fuzzerTestOneInput,
            InjectRequestFuzz.seeds()));
  }

  @Test
  void everyTargetOfTheModuleIsNamedHere() throws IOException {
    assertThat(targets())
        .extracting(target -> target.type().getSimpleName())
        .containsExactlyInAnyOrderElementsOf(FuzzClasses.names());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void seedsAndTheirMutantsHoldTheInvariants(FuzzTarget target) {
    target.replay();
  }

  @Tag("fuzz")
  @ParameterizedTest
  @MethodSource("targets")
  void whatCoverageLeadsToHoldsThem(FuzzTarget target) throws IOException, InterruptedException {
    assumeTrue(Campaign.isAskedFor(target));
    Campaign.run(target);
  }
}
