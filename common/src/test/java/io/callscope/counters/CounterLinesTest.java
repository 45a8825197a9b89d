package io.callscope.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterLinesTest {
  private static CounterTable table() {
    CounterTable table = new CounterTable();
    table.add("calls", "fail_new", CounterKind.COUNTER, "no memory", 0, 0, 0);
    table.add("calls", "active", CounterKind.GAUGE_MAX, "in the table", 12, 0, 40);
    table.add("ev_ring0", "queued", CounterKind.COUNTER, "", 7, 0, 0);
    table.add("ev_ring0.evtype", "reg-new", CounterKind.COUNTER, "", 7, 0, 0);
    table.add("ev_ring0.evtype.deep", "x", CounterKind.GAUGE_MIN_MAX, "", 1, 0, 2);
    table.add("pcap.a", "longest", CounterKind.MAX_ONLY, "most", 3, 0, 3);
    return table;
  }

  @Test
  void writesFullNamesValuesExtremesAndDescriptions() {
    assertThat(new CounterLines(CounterLines.DEFAULT).all(table()))
        .isEqualTo(
            """
            calls.fail_new                :      0                    \t\tno memory
            calls.active                  :     12           M:     40\t\tin the table

            ev_ring0.queued               :      7

            ev_ring0.evtype.reg-new       :      7

            ev_ring0.evtype.deep.x        :      1 m:      0 M:      2

            pcap.a.longest                :                  M:      3\t\tmost

            """);
  }

  @Test
  void leavesOutZerosAndGroupsThatHaveNothingElse() {
    CounterTable table = new CounterTable();
    table.add("a", "zero", CounterKind.COUNTER, "", 0, 0, 0);
    table.add("b", "one", CounterKind.COUNTER, "", 1, 0, 0);
    table.add("b", "zero", CounterKind.COUNTER, "", 0, 0, 0);
    CounterLines lines =
        new CounterLines(
            CounterLines.FULL_NAMES
                | CounterLines.VALUES
                | CounterLines.RECURSIVE
                | CounterLines.NON_ZERO);
    assertThat(lines.all(table)).isEqualTo("b.one                         :      1\n\n");
  }

  @Test
  void writesHeadingsAndIndentationWithoutFullNames() {
    CounterLines lines = new CounterLines(CounterLines.RECURSIVE);
    assertThat(lines.group(table(), "ev_ring0"))
        .isEqualTo(
            """
            ev_ring0:
                queued                        :

                evtype:
                    reg-new                       :

                    deep:
                        x                             :

            """);
  }

  @Test
  void staysAtTheFirstLevelOfSubGroupsUnlessRecursive() {
    CounterLines lines = new CounterLines(CounterLines.FULL_NAMES);
    assertThat(lines.group(table(), "ev_ring0"))
        .contains("ev_ring0.queued", "evtype.reg-new")
        .doesNotContain("deep");
    assertThat(lines.all(table())).contains("calls.active").doesNotContain("evtype");
    assertThat(lines.group(table(), "nope")).isEmpty();
  }
}
