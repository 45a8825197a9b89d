package io.callscope.web.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.callscope.bus.EventType;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.callscope.web.FakeServices;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final long SECOND = 1_000_000_000L;
  private final EventFigures events = new EventFigures();

  private void happen(EventType type, int times) {
    for (int i = 0; i < times; i++) {
      events.onEvent(FakeServices.event(i, type, 200, "a"));
    }
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      events.onSecond();
    }
  }

  @Test
  void theRatioIsThatOfTheLastMinute() {
    seconds(1);
    assertThat(events.now().answerSeizureRatio()).as("no call yet").isEqualTo(-1);
    happen(EventType.CALL_START, 3);
    happen(EventType.CALL_ATTEMPT, 1);
    happen(EventType.CALL_END, 5);
    seconds(1);
    assertThat(events.now().answerSeizureRatio()).isEqualTo(75);
    assertThat(events.now().pdd50()).isCloseTo(120, within(1L));
    seconds(48);
    assertThat(events.now().answerSeizureRatio()).isEqualTo(75);
    seconds(12);
    assertThat(events.now().answerSeizureRatio()).isEqualTo(-1);
    assertThat(events.now().pdd99()).isEqualTo(-1);
  }

  @Test
  void talkersAreThoseWithMostEventsLately() {
    happen(EventType.CALL_START, 2);
    happen(EventType.AUTH_FAILED, 3);
    seconds(1);
    assertThat(events.now().talkers()).containsExactly(new Figures.Talker("192.0.2.1", 5, 3));
    seconds(299);
    assertThat(events.now().talkers()).hasSize(1);
    seconds(2);
    assertThat(events.now().talkers()).isEmpty();
  }

  private static CounterTable counters(long requests, long calls) {
    CounterTable table = new CounterTable();
    table.add("pkt_stats", "sip_reqs", CounterKind.COUNTER, "", requests, 0, 0);
    table.add("calls", "active", CounterKind.GAUGE_MAX, "", 3 * calls, 0, 3 * calls);
    table.add("calls", "inv_established", CounterKind.GAUGE_MAX, "", calls, 0, calls);
    return table;
  }

  @Test
  void theHistoryKnowsRatesAndForgetsTheOldest() {
    History history = new History();
    assertThat(history.newest("requests")).isNaN();
    for (int i = 0; i < History.MOST + 5; i++) {
      history.sample(1000L * i, i * SECOND, counters(40L * i, i), Figures.NONE);
    }
    assertThat(history.size()).isEqualTo(History.MOST);
    assertThat(history.time(0)).isEqualTo(5000);
    assertThat(history.value("requests", 0)).isEqualTo(40);
    assertThat(history.newest("calls")).isEqualTo(History.MOST + 4);
    assertThat(history.newest("entries")).isEqualTo(3 * (History.MOST + 4));
    assertThat(history.newest("bindings")).as("nobody told").isNaN();
    assertThat(history.newest("asr")).isNaN();
  }

  @Test
  void aServiceThatBeginsAnewGivesNoRateBelowZero() {
    History history = new History();
    history.sample(0, 0, counters(100, 1), Figures.NONE);
    history.sample(1000, SECOND, counters(10, 1), Figures.NONE);
    assertThat(history.newest("requests")).isNaN();
    history.sample(2000, 2 * SECOND, counters(15, 1), Figures.NONE);
    assertThat(history.newest("requests")).isEqualTo(5);
  }

  @Test
  void thePlotOfTheServerLeavesGapsWhereNothingIsKnown() {
    History history = new History();
    history.sample(0, 0, counters(0, 4), Figures.NONE);
    history.sample(1000, SECOND, counters(10, 8), Figures.NONE);
    Plot plot = Plots.of(history, Figures.NONE).get(0);
    assertThat(plot.lines().get(0).path()).isEqualTo("M600.0 2.0");
    assertThat(plot.lines().get(0).newest()).isEqualTo("10");
    assertThat(Plots.of(history, Figures.NONE).get(1).lines().get(0).path())
        .isEqualTo("M0.0 60.0L600.0 2.0");
    assertThat(Plot.text(1234.56)).isEqualTo("1,234.6");
    assertThat(Plot.text(Double.NaN)).isEqualTo("–");
  }
}
