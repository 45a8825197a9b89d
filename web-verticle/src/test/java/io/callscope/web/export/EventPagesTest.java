package io.callscope.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.EventType;
import io.callscope.web.FakeServices;
import io.callscope.web.events.EventRing;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPagesTest {
  private static final int SIZE = 1000;

  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("export");
  private final EventRing ring = new EventRing(SIZE);
  private int put;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void put(int count) {
    for (int i = 0; i < count; i++, put++) {
      ring.put(FakeServices.event(put, EventType.CALL_START, 200, "call-" + put));
    }
  }

  private EventPages pages() {
    return new EventPages(ring, new ListQuery(9, -1, false, List.of(), "", false), workers);
  }

  @Test
  void eventsThatComeMeanwhileTakeNoneAwayThatHadTheirTurn() {
    put(SIZE);
    EventPages pages = pages();
    put(10); // before the first piece: the oldest are gone, and the export begins behind them
    int first = pages.next().await().entries().size();
    put(first);
    Pages.Piece last = pages.next().await();
    assertThat(last.last()).isTrue();
    assertThat(first + last.entries().size()).isEqualTo(SIZE - 10);
  }

  @Test
  void whereEventsAreGoneBeforeTheirTurnItIsNotSilentlyShort() {
    put(SIZE);
    EventPages pages = pages();
    int first = pages.next().await().entries().size();
    put(first + 1);
    assertThatThrownBy(() -> pages.next().await()).hasMessageContaining("gone");
  }

  @Test
  void whereNumbersBeginAnewItIsNotSilentlyShort() {
    put(SIZE);
    EventPages pages = pages();
    pages.next().await();
    put = 3;
    put(1);
    assertThatThrownBy(() -> pages.next().await()).hasMessageContaining("gone");
  }
}
