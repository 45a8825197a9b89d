package io.callscope.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.web.FakeServices;
import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.list.ListQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailTest {
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
}
