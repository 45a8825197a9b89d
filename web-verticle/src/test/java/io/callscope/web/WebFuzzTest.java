package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.fuzz.Campaign;
import io.callscope.fuzz.FuzzClasses;
import io.callscope.fuzz.FuzzTarget;
import io.callscope.web.inject.InjectTextFuzz;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebFuzzTest {
  static List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget(
            HttpRequestFuzz.class, HttpRequestFuzz::fuzzerTestOneInput, HttpRequestFuzz.seeds()),
        new FuzzTarget(
            InjectTextFuzz.class, InjectTextFuzz::fuzzerTestOneInput, InjectTextFuzz.seeds()));
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
