package io.callscope.tracker.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCountersTest {
  @Test
  void aFaultOfOursIsCountedAndToldWithItsCause() {
    List<RuntimeException> faults = new ArrayList<>();
    StateCounters counters = new StateCounters(faults::add);
    RuntimeException fault = new IllegalStateException("a rule of ours");
    counters.failedEntry(fault);
    CounterTable table = new CounterTable();
    table.add(counters.group());
    assertThat(table.value("state.failed_entries")).isEqualTo(1);
    assertThat(faults).containsExactly(fault);
  }
}
