package io.callscope.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.Addresses;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrackerPagesTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** What a partition answers, one question after the other. */
  private void partition(int number, String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.query("tracker", number),
            question -> {
              asked.add(number + ":" + question.body().getValue("from"));
              question.reply(new JsonObject(left.remove().replace('\'', '"')));
            })
        .completion()
        .await();
  }

  private TrackerPages pages(int partitions) {
    return new TrackerPages(
        vertx, partitions, "calls", new ListQuery(9, -1, false, List.of(), "", false));
  }

  private static String call(int id) {
    return "{'calls':[{'id':" + id + "}],";
  }

  @Test
  void goOnWhereThePieceBeforeEnded() {
    partition(
        0,
        call(1) + "'next':5,'owner':'a'}",
        "{'calls':[],'next':9,'owner':'a'}",
        call(2) + "'owner':'a'}");
    partition(1, call(3) + "'next':4294967295,'owner':'b'}", call(4) + "'owner':'b'}");
    TrackerPages pages = pages(2);

    JsonArray sent = new JsonArray();
    Pages.Piece piece;
    do {
      piece = pages.next().await();
      piece.entries().forEach(sent::add);
    } while (!piece.last());

    assertThat(sent.encode()).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}]");
    assertThat(asked).containsExactly("0:0", "0:5", "0:9", "1:0", "1:4294967295");
  }

  @Test
  void endWhereAPartitionHasMovedOnTheWay() {
    partition(
        0, call(1) + "'next':5,'owner':'tracker.0@a/1'}", call(2) + "'owner':'tracker.0@b/2'}");
    TrackerPages pages = pages(1);
    pages.next().await();

    assertThatThrownBy(() -> pages.next().await())
        .hasMessage("partition 0 went from tracker.0@a/1 to tracker.0@b/2 on the way");
  }
}
