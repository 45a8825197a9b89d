package io.callscope.web.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CounterJson;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureSumTest {
  private final FigureSum sum = new FigureSum();

  private static JsonObject snapshot(String instance, long created, long active) {
    CounterGroup.Builder builder = new CounterGroup.Builder("calls");
    int counter = builder.add("created", "calls");
    int gauge = builder.add("active", CounterKind.GAUGE_MAX, "calls that are there");
    CounterGroup group = builder.build();
    group.add(counter, created);
    group.set(gauge, active);
    return CounterJson.of("tracker", instance, 0, List.of(group));
  }

  private static void expect(CounterTable table, long created, long active, long most) {
    assertThat(table.value("calls.created")).isEqualTo(created);
    assertThat(table.value("calls.active")).isEqualTo(active);
    assertThat(table.find("calls.active").max()).isEqualTo(most);
  }

  @Test
  void whatIsGoneHasCountedButHoldsNothing() {
    JsonObject one = snapshot("tracker.0@a-1", 1, 10);
    JsonObject two = snapshot("tracker.0@b-2", 2, 20);
    expect(sum.with(List.of(one, two)), 3, 30, 30);
    sum.gone(List.of(one));
    expect(sum.with(List.of(two)), 3, 20, 30);
    expect(sum.with(List.of(two)), 3, 20, 30);
    sum.gone(List.of());
    expect(sum.with(List.of(one, two)), 3, 30, 30);
    sum.fold(one);
    sum.gone(List.of(two));
    expect(sum.with(List.of()), 3, 0, 30);
    sum.gone(List.of());
    expect(sum.with(List.of(two)), 3, 20, 30);
  }
}
