package io.callscope.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.web.FakeServices;
import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Regex;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final long MICROS = 1_000;

  /** Looks at each of many letters once for each of those before it. */
  private static final String SLOW = "a*b";

  private static final EventMatcher ALL = new EventMatcher(List.of());
  private final EventRing ring = new EventRing(10);

  private void put(long from, long to) {
    for (long n = from; n < to; n++) {
      EventType type = n % 2 == 0 ? EventType.CALL_START : EventType.CALL_END;
      ring.put(FakeServices.event(n, type, 200, "a@" + n));
    }
  }

  private static Tail.Batch read(Tail tail) throws Exception {
    return tail.read(1000, 1000, () -> 0, 1);
  }

  private static List<Long> numbers(Tail.Batch batch) {
    return batch.events().stream().map(CallEvent::number).toList();
  }

  @Test
  void givesEachEventOnce() throws Exception {
    put(0, 3);
    Tail tail = new Tail(ring, ALL, 1, Long.MAX_VALUE);
    assertThat(numbers(read(tail))).containsExactly(1L, 2L);
    assertThat(numbers(read(tail))).isEmpty();
    put(3, 5);
    Tail.Batch batch = read(tail);
    assertThat(numbers(batch)).containsExactly(3L, 4L);
    assertThat(batch.skipped()).isZero();
  }

  @Test
  void tellsWhatTheRingHasOverwritten() throws Exception {
    put(0, 25);
    Tail tail = new Tail(ring, ALL, 3, Long.MAX_VALUE);
    Tail.Batch batch = read(tail);
    assertThat(numbers(batch)).hasSize(10).startsWith(15L).endsWith(24L);
    assertThat(batch.overwritten()).isEqualTo(12);
    assertThat(batch.passed()).isZero();
  }

  @Test
  void passesOverWhatItWouldBeTooFarBehindWith() throws Exception {
    put(0, 10);
    Tail tail = new Tail(ring, ALL, 0, 4);
    Tail.Batch batch = read(tail);
    assertThat(numbers(batch)).containsExactly(6L, 7L, 8L, 9L);
    assertThat(batch.passed()).isEqualTo(6);
  }

  @Test
  void leavesForTheNextTimeWhatIsTooMuchForThisOne() throws Exception {
    put(0, 10);
    Tail tail = new Tail(ring, ALL, 0, Long.MAX_VALUE);
    assertThat(numbers(tail.read(1000, 3, () -> 0, 1))).containsExactly(0L, 1L, 2L);
    assertThat(numbers(tail.read(2, 1000, () -> 0, 1))).containsExactly(3L, 4L);
    assertThat(numbers(tail.read(1000, 1000, () -> 1, 1))).as("no time is left").isEmpty();
    assertThat(tail.next()).isEqualTo(5);
  }

  @Test
  void givesWhatMatchesAlone() throws Exception {
    put(0, 10);
    EventMatcher ends = new EventMatcher(List.of(new ListQuery.Filter("name", "Call-END", null)));
    assertThat(numbers(read(new Tail(ring, ends, 0, Long.MAX_VALUE))))
        .containsExactly(1L, 3L, 5L, 7L, 9L);
  }

  @Test
  void beginsAnewWhenTheNumbersDo() throws Exception {
    put(0, 9);
    Tail tail = new Tail(ring, ALL, 9, Long.MAX_VALUE);
    put(0, 2);
    Tail.Batch batch = read(tail);
    assertThat(batch.restarted()).isTrue();
    assertThat(numbers(batch)).containsExactly(0L, 1L);
  }

  /** A clock of which each look takes a time. */
  private static LongSupplier clock(long nanosPerLook) {
    AtomicLong now = new AtomicLong();
    return () -> now.getAndAdd(nanosPerLook);
  }

  /** Events whose Call-ID makes {@link #SLOW} look at 20,000 characters and more. */
  private void putLong(int count) {
    for (long n = 0; n < count; n++) {
      ring.put(FakeServices.event(n, EventType.CALL_START, 200, "a".repeat(200)));
    }
  }

  private Tail following(String expression) throws Exception {
    ListQuery.Filter filter = new ListQuery.Filter("cid", "", Regex.compile(expression));
    return new Tail(ring, new EventMatcher(List.of(filter)), 0, Long.MAX_VALUE);
  }

  @Test
  void anExpressionIsNotBlamedForTimeThatOthersTook() throws Exception {
    putLong(2);
    Tail tail = following(SLOW);
    long end = MICROS;
    tail.read(1000, 1000, clock(MICROS * 3 / 4), end);
    assertThat(tail.next()).as("it began in time").isEqualTo(1);
    tail.read(1000, 1000, clock(MICROS * 3 / 4), end);
    assertThat(tail.next()).isEqualTo(2);
  }

  @Test
  void aPauseOfTheProcessIsNotBlamedOnTheExpressionThatIsMatched() throws Exception {
    putLong(2);
    Tail tail = following(SLOW);
    long[] looks = {0};
    LongSupplier pauses = () -> looks[0]++ < 3 ? 0 : 60_000 * MICROS;
    assertThat(numbers(tail.read(1000, 1000, pauses, MICROS))).isEmpty();
    assertThat(tail.next()).as("to be looked at once more").isZero();
    tail.read(1000, 1000, () -> 0, 1);
    assertThat(tail.next()).isEqualTo(2);
  }

  @Test
  void anExpressionThatTakesTooLongForOneEventIsRefusedWithinTheTimeThatItHas() throws Exception {
    putLong(1);
    Tail tail = following("a*a*a*a*a*a*b");
    AtomicLong now = new AtomicLong();
    LongSupplier clock = () -> now.addAndGet(10 * MICROS);
    assertThatThrownBy(
            () -> {
              while (tail.next() == 0) {
                long before = now.get();
                tail.read(1000, 1000, clock, before + 30_000 * MICROS);
                assertThat(now.get() - before).isLessThan(11_000 * MICROS);
              }
            })
        .isInstanceOf(Regex.TooSlow.class);
    assertThat(now.get()).isLessThan(45_000 * MICROS);
  }

  @Test
  void anExpressionThatIsSlowForEachEventIsRefused() throws Exception {
    EventRing many = new EventRing(1000);
    for (long n = 0; n < 1000; n++) {
      many.put(FakeServices.event(n, EventType.CALL_START, 200, "a".repeat(200)));
    }
    ListQuery.Filter filter = new ListQuery.Filter("cid", "", Regex.compile(SLOW));
    EventMatcher matcher = new EventMatcher(List.of(filter));
    Tail slow = new Tail(many, matcher, 0, Long.MAX_VALUE);
    assertThatThrownBy(() -> slow.read(1000, 1000, clock(50 * MICROS), Long.MAX_VALUE))
        .isInstanceOf(Regex.TooSlow.class);
    Tail fast = new Tail(many, matcher, 0, Long.MAX_VALUE);
    fast.read(1000, 1000, clock(5 * MICROS), Long.MAX_VALUE);
    assertThat(fast.next()).isEqualTo(1000);
  }
}
