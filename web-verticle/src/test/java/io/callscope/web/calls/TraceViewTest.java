package io.callscope.web.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceViewTest {
  @Test
  void tracesAreTakenApart() {
    assertThat(TraceView.steps("...[3]>INVITE{2}<100"))
        .extracting(TraceView.Step::what)
        .containsExactly("3 older messages", "INVITE", "100");
    assertThat(TraceView.steps("\u0000garbage{{{<")).isEmpty();
    assertThat(TraceView.states("...[2]->init->established"))
        .containsExactly("...[2]", "init", "established");
  }
}
