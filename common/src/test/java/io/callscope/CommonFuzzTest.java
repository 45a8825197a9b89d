package io.callscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.bus.SipBatchFuzz;
import io.callscope.config.OptionsFuzz;
import io.callscope.fuzz.Campaign;
import io.callscope.fuzz.FuzzClasses;
import io.callscope.fuzz.FuzzTarget;
import io.callscope.pcap.CaptureFileFuzz;
import io.callscope.sip.SipMessageFuzz;
import io.callscope.sip.SipSignatureFuzz;
import io.callscope.sip.SipUriFuzz;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommonFuzzTest {
  static List<FuzzTarget> targets() throws IOException {
    return List.of(
        new FuzzTarget(
            SipMessageFuzz.class, SipMessageFuzz::fuzzerTestOneInput, SipMessageFuzz.seeds()),
        new FuzzTarget(SipUriFuzz.class, SipUriFuzz::fuzzerTestOneInput, SipUriFuzz.seeds()),
        new FuzzTarget(
            SipSignatureFuzz.class, SipSignatureFuzz::fuzzerTestOneInput, SipSignatureFuzz.seeds()),
        new FuzzTarget(
            CaptureFileFuzz.class, CaptureFileFuzz::fuzzerTestOneInput, CaptureFileFuzz.seeds()),
        new FuzzTarget(SipBatchFuzz.class, SipBatchFuzz::fuzzerTestOneInput, SipBatchFuzz.seeds()),
        new FuzzTarget(OptionsFuzz.class, OptionsFuzz::fuzzerTestOneInput, OptionsFuzz.seeds()));
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
