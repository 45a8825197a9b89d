package io.callscope.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterTableTest {
  private final CounterTable table = new CounterTable();

  private void add(String group, String name, CounterKind kind, long value, long min, long max) {
    table.add(group, name, kind, "what it is", value, min, max);
  }

  @Test
  void instancesAddUpAndSoDoTheirExtremes() {
    add("calls", "active", CounterKind.GAUGE_MIN_MAX, 3, 1, 9);
    add("calls", "active", CounterKind.GAUGE_MIN_MAX, 4, 0, 7);
    add("state", "lag", CounterKind.GAUGE_LARGEST, 3, 0, 9);
    add("state", "lag", CounterKind.GAUGE_LARGEST, 4, 0, 7);
    add("ring", "longest", CounterKind.MAX_ONLY, 5, 0, 5);
    add("ring", "longest", CounterKind.MAX_ONLY, 2, 0, 2);
    assertThat(table.find("calls.active"))
        .isEqualTo(
            new CounterTable.Row(
                "calls", "active", CounterKind.GAUGE_MIN_MAX, "what it is", 7, 1, 16));
    assertThat(table.find("state.lag"))
        .isEqualTo(
            new CounterTable.Row("state", "lag", CounterKind.GAUGE_LARGEST, "what it is", 4, 0, 9));
    assertThat(table.value("ring.longest")).isEqualTo(5);
  }

  @Test
  void groupsAreSortedAndCountersKeepTheirOrder() {
    add("b", "z", CounterKind.COUNTER, 1, 0, 0);
    add("b", "a", CounterKind.COUNTER, 2, 0, 0);
    add("a.sub", "x", CounterKind.COUNTER, 3, 0, 0);
    assertThat(table.groups()).containsExactly("a.sub", "b");
    assertThat(table.rows("b")).extracting(CounterTable.Row::name).containsExactly("z", "a");
    assertThat(table.value("a.sub.x")).isEqualTo(3);
  }

  @Test
  void whatIsNotThereIsZeroOrNothing() {
    add("pcap", "x", CounterKind.COUNTER, 1, 0, 0);
    add("pcap_dump", "x", CounterKind.COUNTER, 1, 0, 0);
    add("pcap.a", "x", CounterKind.COUNTER, 1, 0, 0);
    assertThat(table.within("pcap")).containsExactly("pcap", "pcap.a");
    assertThat(table.hasGroup("pca")).isFalse();
    assertThat(table.find("pcap")).isNull();
    assertThat(table.value("pcap.nope")).isZero();
    assertThat(table.rows("nope")).isEmpty();
  }

  @Test
  void takesAGroupOfThisProcess() {
    CounterGroup.Builder builder = new CounterGroup.Builder("g");
    int gauge = builder.add("gauge", CounterKind.GAUGE_MIN_MAX, "d");
    CounterGroup group = builder.build();
    group.set(gauge, 5);
    group.set(gauge, 3);
    table.add(group);
    assertThat(table.find("g.gauge"))
        .isEqualTo(new CounterTable.Row("g", "gauge", CounterKind.GAUGE_MIN_MAX, "d", 3, 3, 5));
  }

  @Test
  void ofInstancesOneAfterTheOtherTheExtremesDoNotAddUp() {
    CounterGroup.Builder builder = new CounterGroup.Builder("g");
    int gauge = builder.add("gauge", CounterKind.GAUGE_MAX, "d");
    int counter = builder.add("counter", "d");
    CounterGroup group = builder.build();
    group.set(gauge, 5);
    group.set(gauge, 0);
    group.set(counter, 3);
    table.addLater(group);
    table.addLater(group);
    assertThat(table.find("g.gauge").max()).isEqualTo(5);
    assertThat(table.value("g.counter")).isEqualTo(6);
  }
}
