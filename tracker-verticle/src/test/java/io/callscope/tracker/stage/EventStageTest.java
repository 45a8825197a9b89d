package io.callscope.tracker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
import io.callscope.net.Transport;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Events of several partitions come out in one order, numbered, filtered and limited. */
class EventStageTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_704_067_200L * SECOND;
  private static final EventEnds ENDS =
      EventEnds.of(Transport.UDP, "192.0.2.1", 5060, "192.0.2.2", 5060);

  private final List<CallEvent> published = new ArrayList<>();
  private final RateCounters counters = new RateCounters();
  private final StageCounters stageCounters = new StageCounters();

  private static CallEvent event(EventType type, long nanos, String callId, String toTag) {
    EventTexts texts =
        new EventTexts.Builder()
            .add(EventText.CALL_ID, callId)
            .add(EventText.FROM_TAG, "f")
            .add(EventText.TO_TAG, toTag)
            .build();
    return CallEvent.raised(
        type, EPOCH + nanos, ENDS, texts, EventOutcome.NONE, EventDebug.none(EPOCH));
  }

  private static CallEvent event(long nanos, String callId) {
    return event(EventType.CALL_START, nanos, callId, "");
  }

  private long sequence;

  private EventStage stage(int partitions, int droppedTypes, double limit) {
    RateSettings rates =
        new RateSettings(
            List.of(limit, 0.0, 0.0),
            List.of(SECOND, 0L, 0L),
            10,
            100,
            0,
            GcSettings.defaults(1000));
    return new EventStage(
        partitions,
        droppedTypes,
        new RateLimiter(rates, counters),
        counters,
        stageCounters,
        published::add);
  }

  private EventBatch batch(int producer, long mark, CallEvent... events) {
    return new EventBatch(producer, sequence++, EPOCH + mark, List.of(events));
  }

  private static EventBatch owned(long term, long sequence, long mark, CallEvent... events) {
    return new EventBatch(0, term, sequence, EPOCH + mark, Long.MIN_VALUE, false, List.of(events));
  }

  private List<String> callIds() {
    return published.stream().map(event -> event.text(EventText.CALL_ID)).toList();
  }

  private long counter(String name) {
    return counter(counters.groups().get(0), name);
  }

  private long stageCounter(String name) {
    return counter(stageCounters.group(), name);
  }

  private static long counter(CounterGroup group, String name) {
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.definitions().get(i).name().equals(name)) {
        return group.value(i);
      }
    }
    throw new AssertionError("no counter " + name);
  }

  @Test
  void eventsWaitForTheSlowestPartition() {
    EventStage stage = stage(2, 0, 0);
    stage.accept(batch(0, 100, event(10, "a"), event(60, "c")));
    assertThat(published).as("partition 1 has not spoken").isEmpty();
    assertThat(stageCounter("waiting")).isEqualTo(2);

    stage.accept(batch(1, 50, event(20, "b")));
    assertThat(callIds()).containsExactly("a", "b");
    stage.accept(batch(1, 60));
    assertThat(callIds()).as("one at the mark itself may still come").hasSize(2);
    stage.accept(batch(1, 61, event(60, "b2")));
    assertThat(callIds()).containsExactly("a", "b", "b2", "c");
    assertThat(published).extracting(CallEvent::number).containsExactly(0L, 1L, 2L, 3L);
    assertThat(stageCounter("waiting")).isZero();
  }

  @Test
  void aMarkNeverGoesBack() {
    EventStage stage = stage(1, 0, 0);
    stage.accept(batch(0, 100));
    stage.accept(batch(0, 50, event(70, "a")));

    assertThat(callIds()).containsExactly("a");
  }

  @Test
  void aBatchThatComesAgainIsTakenOnceAndOneThatOvertakesIsNot() {
    EventStage stage = stage(1, 0, 0);
    assertThat(stage.accept(owned(1, 0, 10, event(1, "a")), true)).isTrue();
    assertThat(stage.accept(owned(1, 0, 10, event(1, "a")), true)).isTrue();
    assertThat(stage.accept(owned(1, 2, 30, event(21, "c")), false)).isFalse();
    assertThat(stage.accept(owned(1, 1, 20, event(11, "b")), true)).isTrue();
    assertThat(stage.accept(owned(1, 2, 30, event(21, "c")), false)).isTrue();

    assertThat(callIds()).containsExactly("a", "b", "c");
    assertThat(stageCounter("repeated")).isEqualTo(1);
    assertThat(stage.publishedNanos()).isEqualTo(EPOCH + 30);
  }

  @Test
  void aNewOwnerOfAPartitionBeginsAnewAndTheOldOneIsHeardNoMore() {
    EventStage stage = stage(1, 0, 0);
    stage.accept(owned(1, 5, 10, event(1, "a")), true);
    stage.accept(owned(2, 3, 8, event(7, "b")), true);
    assertThat(stage.accept(owned(1, 6, 40, event(30, "frozen")), true)).isTrue();
    stage.accept(owned(2, 4, 50), false);

    assertThat(callIds()).containsExactly("a", "b");
    assertThat(stageCounter("stale")).isEqualTo(1);
  }

  @Test
  void whatAnEarlierStageHasPublishedIsNotPublishedAgain() {
    EventStage stage = stage(2, 0, 0);
    CallEvent[] kept = {event(10, "a"), event(20, "b")};
    stage.accept(new EventBatch(0, 1, 7, EPOCH + 30, EPOCH + 5, true, List.of(kept)), true);
    assertThat(published).as("partition 1 has not spoken").isEmpty();
    stage.accept(
        new EventBatch(1, 1, 3, EPOCH + 40, EPOCH + 15, false, List.of(event(12, "new"))), true);

    assertThat(callIds()).as("all up to 15 were").containsExactly("new", "b");
  }

  @Test
  void itGoesOnWhereAnEarlierStageWas() {
    EventBatch batch = owned(1, 0, 15, event(10, "a"), event(12, "b"), event(20, "waited"));
    EventStage first = stage(1, 0, 0);
    first.accept(batch, true);
    StageProgress.Point point = first.point();
    assertThat(point)
        .isEqualTo(new StageProgress.Point(2, EPOCH + 15, List.of(new StageProgress.Taken(1, 0))));
    published.clear();

    EventStage second = stage(1, 0, 0);
    second.goOn(point);
    assertThat(second.point()).isEqualTo(point);
    second.accept(batch, true);
    second.accept(owned(1, 1, 30, event(11, "late")), true);

    assertThat(callIds()).as("the answer to the first was lost").containsExactly("late", "waited");
    assertThat(published.get(0).number()).isEqualTo(2);
  }

  @Test
  void tiesGoByCallIdTagsAndType() {
    EventStage stage = stage(2, 0, 0);
    stage.accept(
        batch(
            1,
            9,
            event(EventType.CALL_END, 5, "b", "x"),
            event(EventType.CALL_START, 5, "b", "x"),
            event(EventType.CALL_START, 5, "b", "a")));
    stage.accept(batch(0, 9, event(5, "a"), event(4, "z")));

    assertThat(published)
        .extracting(e -> e.text(EventText.CALL_ID) + e.text(EventText.TO_TAG) + e.type().text())
        .containsExactly(
            "zcall-start", "acall-start", "bacall-start", "bxcall-start", "bxcall-end");
  }

  @Test
  void fullTiesKeepTheOrderInWhichTheirPartitionSentThem() {
    EventStage stage = stage(1, 0, 0);
    List<CallEvent> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(event(EventType.REG_NEW, 5, "same", ""));
    }
    stage.accept(new EventBatch(0, 0, EPOCH + 9, sent));

    for (int i = 0; i < sent.size(); i++) {
      assertThat(published.get(i).texts()).isSameAs(sent.get(i).texts());
    }
  }

  @Test
  void noMoreThanSoManyEventsWait() {
    EventMerger merger = new EventMerger(2, 3, stageCounters);
    List<CallEvent> out = new ArrayList<>();
    merger.add(
        batch(0, 100, event(5, "e"), event(4, "d"), event(3, "c"), event(2, "b"), event(1, "a")),
        true,
        out::add);

    assertThat(out).extracting(e -> e.text(EventText.CALL_ID)).containsExactly("a", "b");
    assertThat(stageCounter("forced")).isEqualTo(2);
    assertThat(stageCounter("waiting")).isEqualTo(3);
    merger.drain(out::add);
    assertThat(out).hasSize(5);
  }

  @Test
  void eventsOfAPartitionThatIsNotConfiguredAreNotLostNorWaitedFor() {
    EventStage stage = stage(1, 0, 0);
    stage.accept(batch(7, 1, event(10, "a")));
    stage.accept(batch(-1, 1, event(11, "b")));
    stage.accept(batch(0, 100));

    assertThat(callIds()).containsExactly("a", "b");
    assertThat(stageCounter("unknown_producer")).isEqualTo(2);
  }

  @Test
  void whatStillWaitsIsPublishedAtTheEnd() {
    EventStage stage = stage(2, 0, 0);
    stage.accept(batch(0, 100, event(10, "b"), event(5, "a")));

    stage.drain();

    assertThat(callIds()).containsExactly("a", "b");
  }

  @Test
  void aDroppedTypeIsNeitherNumberedNorCountedForRates() {
    EventStage stage = stage(1, EventType.CALL_END.bit(), 2);
    stage.accept(
        batch(
            0,
            100,
            event(1, "a"),
            event(EventType.CALL_END, 2, "a", ""),
            event(EventType.CALL_END, 3, "b", ""),
            event(EventType.CALL_END, 4, "c", ""),
            event(5, "b")));
    assertThat(published).extracting(CallEvent::number).containsExactly(0L, 1L);
    stage.dropTypes(0);
    assertThat(stage.droppedTypes()).isZero();
    stage.accept(batch(0, 200, event(EventType.CALL_END, 101, "d", "")));

    assertThat(published.get(2).number()).isEqualTo(2);
    assertThat(published.get(2).rate().current()).as("the first of its type").isEqualTo(1);
    assertThat(counter("blst_type")).isEqualTo(3);
    assertThat(counter("total_events")).isEqualTo(6);
  }

  @Test
  void everyEventIsPublishedOrCountedAsDropped() {
    SplittableRandom random = new SplittableRandom(7);
    EventStage stage = stage(3, EventType.OTHER_OK.bit() | EventType.MSG_PROBE.bit(), 20);
    EventType[] types = {EventType.CALL_START, EventType.OTHER_OK, EventType.MSG_PROBE};
    long total = 0;
    for (int round = 0; round < 3000; round++) {
      List<CallEvent> events = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        long at = round * 3_000_000L + random.nextLong(3_000_000L);
        events.add(event(types[random.nextInt(3)], at, "c" + random.nextInt(100), ""));
        total++;
      }
      long mark = EPOCH + (round + 1) * 3_000_000L;
      stage.accept(new EventBatch(random.nextInt(3), round, mark, events));
    }
    stage.drain();

    assertThat(counter("total_events")).isEqualTo(total);
    assertThat(counter("published")).isEqualTo(published.size());
    assertThat(counter("blst_type")).isPositive();
    assertThat(counter("blst_rate")).isGreaterThan(counter("blst_sent"));
    assertThat(total)
        .isEqualTo(
            counter("published")
                + counter("blst_type")
                + counter("blst_rate")
                - counter("blst_sent"));
    for (int i = 0; i < published.size(); i++) {
      assertThat(published.get(i).number()).isEqualTo(i);
    }
  }

  @Test
  void theOrderDoesNotDependOnHowEventsAreDistributed() {
    List<CallEvent> events = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      events.add(event(random.nextLong(500), "c" + random.nextInt(50)));
    }
    List<List<String>> orders = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 4}) {
      published.clear();
      EventStage stage = stage(partitions, 0, 0);
      List<List<CallEvent>> shares = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        shares.add(new ArrayList<>());
      }
      for (CallEvent event : events) {
        int share = Math.floorMod(event.text(EventText.CALL_ID).hashCode(), partitions);
        shares.get(share).add(event);
      }
      Collections.shuffle(shares, new java.util.Random(partitions));
      for (int p = 0; p < partitions; p++) {
        stage.accept(new EventBatch(p, 0, EPOCH + 1000, shares.get(p)));
      }
      orders.add(
          published.stream()
              .map(e -> e.timeNanos() + e.text(EventText.CALL_ID) + e.number())
              .toList());
    }

    assertThat(orders.get(0)).hasSize(2000).isEqualTo(orders.get(1)).isEqualTo(orders.get(2));
  }
}
