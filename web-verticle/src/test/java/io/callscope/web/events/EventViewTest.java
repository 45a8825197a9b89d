package io.callscope.web.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.web.FakeServices;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Links;
import org.junit.jupiter.api.Test;

class EventViewTest {
  private final EventRing ring = new EventRing(10);
  private final CallEvent event = FakeServices.event(3, EventType.CALL_END, 200, "a@h");

  @Test
  void leadsToTheRateEntryThatCountedIt() {
    assertThat(EventView.of(event, ring).details())
        .filteredOn(fact -> fact.label().equals("Rate"))
        .extracting(Fact::href)
        .containsExactly("/evrateblst/list?ip=" + event.ends().clientIp() + "&name=call-end");
  }

  @Test
  void saysThatSomethingWasLostAtItsTime() {
    assertThat(EventView.of(event, ring).loss()).isFalse();
    assertThat(EventView.of(event.withLoss(), ring).loss()).isTrue();
  }

  @Test
  void linksOfOtherListsCarryAnyNameThatFits() {
    assertThat(Links.sbc("sbc 01 (2001:db8::5)"))
        .isEqualTo("/ipfix/list?sbc=sbc%2001%20%282001%3Adb8%3A%3A5%29");
    assertThat(Links.sbc("")).isEmpty();
    assertThat(Links.bindings("sip:a&b@h")).isEqualTo("/regs/list?aor=sip%3Aa%26b%40h");
    assertThat(Links.bindings("x".repeat(60_000))).isEmpty();
    assertThat(Links.rates("", "192.0.2.1")).isEqualTo("/evrateblst/list?ip=192.0.2.1");
  }
}
