package io.callscope.web.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTraceTest {
  @Test
  void tracesAreTakenApart() {
    assertThat(MessageTrace.steps("...[3]>INVITE{2}<100"))
        .extracting(MessageTrace.Step::what)
        .containsExactly("3 older messages", "INVITE", "100");
    assertThat(MessageTrace.steps("\u0000garbage{{{<")).isEmpty();
    assertThat(MessageTrace.states("...[2]->init->established"))
        .containsExactly("...[2]", "init", "established");
  }
}
