package io.callscope.web.events;

import static io.callscope.web.FakeServices.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventRingTest {
  private static CallEvent numbered(long number) {
    return event(number, EventType.CALL_START, 200, "call-" + number);
  }

  @Test
  void sixEventsInARingOfThreeLeaveThreeToFive() {
    EventRing ring = new EventRing(3);
    for (int i = 0; i < 6; i++) {
      assertThat(ring.put(numbered(i))).isEqualTo(EventRing.Put.STORED);
    }
    assertThat(ring.range()).isEqualTo(new EventRing.Range(3, 6));
    for (int i = 3; i < 6; i++) {
      assertThat(ring.get(i).number()).isEqualTo(i);
      assertThat(ring.slot(i)).isEqualTo(i - 3);
    }
    assertThat(ring.get(2)).isNull();
    assertThat(ring.get(6)).isNull();
  }

  @Test
  void aLeftOutNumberIsAHoleNotAnOlderEventAndMayStillCome() {
    EventRing ring = new EventRing(3);
    for (long number : new long[] {0, 1, 2, 3}) {
      ring.put(numbered(number));
    }
    assertThat(ring.put(numbered(5))).isEqualTo(EventRing.Put.AFTER_HOLE);
    assertThat(ring.get(4)).isNull();
    assertThat(ring.put(numbered(4))).isEqualTo(EventRing.Put.LATE);
    assertThat(ring.get(4).number()).isEqualTo(4);
  }

  @Test
  void theVeryFirstMayComeBehindThoseOfOtherTypes() {
    EventRing ring = new EventRing(8);
    for (long number : new long[] {3, 6, 7}) {
      ring.put(numbered(number));
    }
    assertThat(ring.put(numbered(0))).isEqualTo(EventRing.Put.LATE);
    assertThat(ring.range()).isEqualTo(new EventRing.Range(0, 8));
    for (long number : new long[] {0, 3, 6, 7}) {
      assertThat(ring.get(number).number()).isEqualTo(number);
    }
  }

  @Test
  void numbersThatBeginAnewClearTheRing() {
    EventRing ring = new EventRing(3);
    for (int i = 7; i < 12; i++) {
      ring.put(numbered(i));
    }
    assertThat(ring.put(numbered(0))).isEqualTo(EventRing.Put.RESTARTED);
    assertThat(ring.range()).isEqualTo(new EventRing.Range(0, 1));
    assertThat(ring.get(11)).isNull();
    assertThat(ring.put(event(-1, EventType.CALL_END, 0, "x"))).isEqualTo(EventRing.Put.REFUSED);
  }

  /** Of a process that was cut off from its cluster, when it is heard again. */
  @Test
  void straysOfAnotherStageTakeNothingAway() {
    EventRing ring = new EventRing(8, true);
    for (int i = 0; i < 20; i++) {
      ring.put(numbered(i));
    }
    for (long stray : new long[] {17, 18, 5}) {
      assertThat(ring.put(numbered(stray))).isEqualTo(EventRing.Put.STRAY);
    }
    for (int second = 0; second < 9; second++) {
      ring.onSecond((event, put) -> fail("restarted too early"));
    }
    assertThat(ring.put(numbered(20))).isEqualTo(EventRing.Put.STORED);
    for (int second = 0; second < 20; second++) {
      ring.onSecond((event, put) -> fail("restarted though others go on"));
    }
    assertThat(ring.range()).isEqualTo(new EventRing.Range(13, 21));
  }

  @Test
  void numbersBeginAnewWhereNobodyGoesOnWithTheOldOnes() {
    EventRing ring = new EventRing(8, true);
    for (int i = 0; i < 20; i++) {
      ring.put(numbered(i));
    }
    for (long number : new long[] {1, 0, 2}) {
      assertThat(ring.put(numbered(number))).isEqualTo(EventRing.Put.STRAY);
    }
    List<String> stored = new ArrayList<>();
    for (int second = 0; second < 10; second++) {
      assertThat(stored).isEmpty();
      ring.onSecond((event, put) -> stored.add(event.number() + " " + put));
    }
    assertThat(stored).containsExactly("0 RESTARTED", "1 STORED", "2 STORED");
    assertThat(ring.range()).isEqualTo(new EventRing.Range(0, 3));
    assertThat(ring.put(numbered(3))).isEqualTo(EventRing.Put.STORED);
  }

  @Test
  void readersSeeWholeEventsWhileTheWriterGoesOn() throws Exception {
    EventRing ring = new EventRing(64);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    List<Future<Long>> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(
          readers.submit(
              () -> {
                long count = 0;
                while (!done.get() || count == 0) {
                  EventRing.Range range = ring.range();
                  assertThat(range.next() - range.oldest()).isBetween(0L, 64L);
                  for (long n = range.oldest(); n < range.next(); n++) {
                    CallEvent event = ring.get(n);
                    if (event != null) {
                      assertThat(event.text(EventText.CALL_ID)).isEqualTo("call-" + n);
                      count++;
                    }
                  }
                }
                return count;
              }));
    }
    for (int i = 0; i < 20_000; i++) {
      ring.put(numbered(i));
    }
    done.set(true);
    for (Future<Long> reader : seen) {
      assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
    }
    readers.shutdown();
  }
}
