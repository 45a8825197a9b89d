package io.callscope.web.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceBoardTest {
  private final SourceBoard board = new SourceBoard(source -> source);

  private void hear(String source, String state) {
    board.hear(new JsonObject().put("source", source).put("state", state));
  }

  private List<String> names() {
    return board.all().stream().map(source -> source.getString("source")).toList();
  }

  private void fill(String state) {
    for (int i = 0; i < SourceBoard.MOST; i++) {
      hear(String.format("inject.%05d", i), state);
    }
  }

  @Test
  void theLatestOfEachSourceCounts() {
    hear("b", "running");
    hear("a", "running");
    hear("b", "ended");
    assertThat(board.all())
        .extracting(source -> source.getString("source") + " " + source.getString("state"))
        .containsExactly("a running", "b ended");
  }

  @Test
  void whereThereAreTooManyTheOldestThatIsOverGoes() {
    hear("eth0", "running");
    fill("ended");
    assertThat(names()).hasSize(SourceBoard.MOST).contains("eth0").doesNotContain("inject.00000");
    hear("another", "running");
    assertThat(names()).contains("eth0", "another").doesNotContain("inject.00001");
  }

  @Test
  void newOnesAreHeardThoughNoneIsOver() {
    fill("running");
    hear("inject.00000", "running");
    hear("another", "running");
    assertThat(names())
        .hasSize(SourceBoard.MOST)
        .contains("another", "inject.00000")
        .doesNotContain("inject.00001");
  }
}
