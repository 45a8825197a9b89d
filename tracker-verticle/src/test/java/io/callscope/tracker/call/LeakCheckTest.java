package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeakCheckTest {
  private final CallSettings settings = new CallSettings();
  private final CallStore store = new CallStore(settings, new CallCounters(), entry -> {});

  private CallEntry add() {
    CallEntry entry = new CallEntry();
    entry.texts = new byte[2 * CallText.COUNT];
    store.add(entry, 1_000_000_000L);
    return entry;
  }

  @Test
  void anEntryWithoutATimerIsALeak() {
    CallEntry entry = add();
    add();
    assertThat(store.isConsistent()).isTrue();

    store.wheel.remove(entry);

    assertThat(store.isConsistent()).isFalse();
  }

  @Test
  void aTimerWithoutAnEntryIsALeak() {
    CallEntry entry = add();

    store.table.remove(entry);

    assertThat(store.isConsistent()).isFalse();
  }
}
