package io.callscope.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.tracker.call.CallCounters;
import io.callscope.tracker.call.RegCounters;
import io.callscope.tracker.rate.RateCounters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counters are read by scripts: their names stay, and what keeps an extreme keeps it. */
class CounterNamesTest {
  private static final List<CounterGroup> GROUPS =
      Stream.of(
              new CallCounters().groups(),
              List.of(new RegCounters().group()),
              new RateCounters().groups())
          .flatMap(List::stream)
          .toList();

  private static boolean isThere(String group, String name, CounterKind... kinds) {
    return GROUPS.stream()
        .filter(candidate -> candidate.name().equals(group))
        .flatMap(candidate -> candidate.definitions().stream())
        .anyMatch(
            counter ->
                counter.name().equals(name) && Arrays.asList(kinds).contains(counter.kind()));
  }

  @ParameterizedTest
  @CsvSource({
    "calls, fail_new fail_lim",
    "regs, fail_new fail_lim del_delayed del_delayed_ev del_star del_no_match del_no_cached",
    "regs, new_match_delayed_b new_match_delayed_e new_after_del del_after_new del_dlyd_new_entry",
    "regs, del_dlyd_del_entry del_match_delayed_b del_match_delayed_e refresh_diff_callid",
    "regs, new_binding_race ev_no_contact ev_no_aor",
    "ev_rate, total_events blst_type blst_rate blst_sent tracking_fail blst_recovered",
    "ev_rate_gc, hard_gc_runs hard_gc_tgt_met hard_gc_fail hard_gc_timeout",
    "ev_rate_gc, light_gc_runs light_gc_tgt_met light_gc_fail light_gc_timeout",
    "ev_rate_gc, max_gc_retr_fail alloc_fail gc_runs gc_target_met gc_timeout gc_missed_ticks"
  })
  void counters(String group, String names) {
    for (String name : names.split(" ", -1)) {
      assertThat(isThere(group, name, CounterKind.COUNTER)).as(group + "." + name).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "calls, active inv_1st inv_early_dlg inv_neg inv_established inv_bye_seen inv_bye_repl",
    "calls, inv_canceled non_inv_1st non_inv_neg non_inv_fin",
    "regs, active del_all_max_bindings del_max_bindings del_max_matching",
    "ev_rate_gc, hard_gc_walked hard_gc_removed light_gc_walked light_gc_removed",
    "ev_rate_gc, gc_walked gc_removed"
  })
  void gaugesThatKeepTheirMaximum(String group, String names) {
    for (String name : names.split(" ", -1)) {
      CounterKind[] kinds = {
        CounterKind.GAUGE_MAX, CounterKind.GAUGE_MIN_MAX, CounterKind.GAUGE_LARGEST
      };
      assertThat(isThere(group, name, kinds)).as(group + "." + name).isTrue();
    }
  }
}
