package io.callscope.web.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.web.FakeServices;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void ratesNeedTheirWholeWindow() {
    RateWindow rates = new RateWindow();
    for (int second = 0; second <= 9; second++) {
      rates.sample(second * 1_000_000_000L, second * 5L);
      assertThat(rates.perSecond(0, 10)).isEmpty();
    }
    rates.sample(10_000_000_000L, 50);
    assertThat(rates.perSecond(0, 10)).isEqualTo(OptionalDouble.of(5));
    rates.sample(11_000_000_000L, 3);
    assertThat(rates.perSecond(0, 10)).isEmpty();
  }

  @Test
  void instancesOfAServiceAddUp() {
    JsonObject one = FakeServices.captureCounters(1);
    JsonObject two = FakeServices.captureCounters(2).put("instance", "capture.1");
    assertThat(CounterTables.of(List.of(one, two)).value("pcap.eth0.drop")).isEqualTo(3);
  }
}
