package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.tracker.Question;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists in another order than that of creation, and what of them can be merged. */
class ListOrderTest {
  private final Partition partition = new Partition(0, new CallSettings(), 0);
  private final Feed feed = new Feed("pcap");

  private void open(int... numbers) {
    double seconds = 0;
    for (int number : numbers) {
      feed.add(Dialog.call(number).request("INVITE", "", 1), nanos(seconds));
      partition.accept(feed.build(nanos(seconds)), 1);
      seconds += 0.01;
    }
  }

  private Question begin(String fields) {
    Question question = new Question();
    new PartitionQueries(partition, question.turns(), "a")
        .ask(Question.fields("{'query':'calls'," + fields + "}"), question);
    return question;
  }

  private JsonObject ask(String fields) {
    return begin(fields).finish();
  }

  private static List<String> tags(JsonObject answer) {
    return answer.getJsonArray("calls").stream()
        .map(call -> ((JsonObject) call).getString("fromTag"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'limit':3; f5 f3 f9",
        "'descending':true,'limit':3; f4 f9 f3",
        "'sort':'cid','limit':2; f3 f4",
        "'sort':'cid','skip':2,'limit':9; f5 f9",
        "'sort':'from','descending':true,'limit':2; f9 f5",
        "'sort':'state'; f5 f3 f9 f4",
        "'sort':'expires','descending':true,'limit':1; f4",
        "'sort':'messages','descending':true,'limit':1; f5",
        "'sort':'cid','skip':9; ''",
        "'sort':'cid','limit':0; ''",
        "'count':false,'skip':1,'limit':2; f3 f9",
      })
  void isAskedForByName(String fields, String expected) {
    open(5, 3, 9, 4);
    assertThat(String.join(" ", tags(ask(fields)))).isEqualTo(expected);
  }

  @Test
  void entriesOfEqualKeysKeepTheirOrder() {
    open(5, 3, 9, 4);
    assertThat(tags(ask("'sort':'method'"))).containsExactly("f5", "f3", "f9", "f4");
    assertThat(tags(ask("'sort':'method','descending':true,'limit':2")))
        .containsExactly("f5", "f3");
  }

  @Test
  void keysAreGivenAlone() {
    open(5, 3, 9);
    JsonObject texts = ask("'sort':'from','show':'keys'");
    assertThat(texts.getJsonArray("keys"))
        .isEqualTo(
            JsonArray.of(
                "sip:alice3@example.com", "sip:alice5@example.com", "sip:alice9@example.com"));
    assertThat(texts.getInteger("matches")).isEqualTo(3);
    assertThat(ask("'show':'keys','limit':2").getJsonArray("keys"))
        .isEqualTo(JsonArray.of(nanos(0), nanos(0.01)));
  }

  @Test
  void keysComeWithTheirEntries() {
    open(5, 3, 9);
    JsonObject both = ask("'sort':'cid','show':'both','skip':1,'limit':1");
    assertThat(tags(both)).containsExactly("f5");
    assertThat(both.getJsonArray("keys")).isEqualTo(JsonArray.of("a84b4c76e66710-5@192.0.2.10"));
  }

  @Test
  void whatIsNotCountedIsNotWalked() {
    open(5, 3, 9);
    String filter = "'filters':[{'field':'cid','value':'@'}],";
    assertThat(ask(filter + "'count':false,'limit':1").getInteger("entries")).isEqualTo(1);
    JsonObject all = ask("'limit':1");
    assertThat(all.getInteger("matches")).as("known without a walk").isEqualTo(3);
    assertThat(all.getInteger("entries")).isEqualTo(3);
  }

  @Test
  void aLongAnswerIsMadeInTurnsToo() {
    int[] numbers = new int[1500];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    open(numbers);
    Question question = begin("'sort':'cid','limit':100000");
    assertThat(question.isAnswered()).isFalse();
    JsonObject answer = question.finish();
    assertThat(answer.getJsonArray("calls")).hasSize(1000);
    assertThat(answer.getInteger("matches")).isEqualTo(1500);
  }

  @Test
  void badOrdersAreRefused() {
    assertThat(ask("'sort':'nope'").getString("refused")).isEqualTo("no such order: nope");
    assertThat(ask("'show':'x'").getString("refused")).contains("show");
    assertThat(ask("'sort':1").getString("refused")).contains("sort");
    assertThat(ask("'sort':'cid','skip':20000").getString("refused")).contains("20000");
  }
}
