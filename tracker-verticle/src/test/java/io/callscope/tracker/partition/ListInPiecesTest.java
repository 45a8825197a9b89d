package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.tracker.Question;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.Traffic.Message;
import io.callscope.tracker.call.CallSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists for exports: pieces of a table that changes between any two of them. */
class ListInPiecesTest {
  private static final int USERS = 80;

  private final Partition partition = new Partition(0, new CallSettings(), 0);
  private final Feed feed = new Feed("pcap");
  private double seconds;
  private int made;

  private JsonObject ask(String list, String fields) {
    Question question = new Question();
    new PartitionQueries(partition, question.turns(), "tracker.0/7")
        .ask(Question.fields("{'query':'" + list + "'," + fields + "}"), question);
    return question.finish();
  }

  private static List<String> keys(JsonArray list) {
    return list.stream().map(JsonObject.class::cast).map(ListInPiecesTest::key).toList();
  }

  private static String key(JsonObject one) {
    return one.containsKey("id")
        ? one.getString("id")
        : one.getString("aor") + " " + one.getString("contact");
  }

  private Set<String> all(String list) {
    Set<String> all = new HashSet<>();
    JsonArray page;
    do {
      page = ask(list, "'limit':1000,'skip':" + all.size()).getJsonArray(list);
      all.addAll(keys(page));
    } while (!page.isEmpty());
    return all;
  }

  private void send(Message... messages) {
    for (Message message : messages) {
      feed.add(message, nanos(seconds));
      seconds += 0.001;
    }
    partition.accept(feed.build(nanos(seconds)), 1);
  }

  /** One call more, or an old one ends; of those that ring some time each gives up at last. */
  private void call(SplittableRandom random) {
    int kind = random.nextInt(4);
    if (kind == 0 && made > 0) {
      Dialog old = Dialog.call(random.nextInt(made));
      send(old.request("BYE", "b", 2), old.reply(200, "BYE", "b", 2));
      return;
    }
    Dialog call = Dialog.call(made++);
    send(call.request("INVITE", "", 1));
    if (kind > 1) {
      send(call.reply(200, "INVITE", kind == 2 ? "b" : "c", 1), call.request("ACK", "b", 1));
    }
  }

  /** A user registers anew, for a long or a short time, often by another Call-ID than before. */
  private void register(SplittableRandom random) {
    int number = random.nextInt(5 * USERS);
    Dialog client = Dialog.registration(number, number % USERS);
    String contact =
        "Contact: <sip:c%d@192.0.2.9>;expires=%d"
            .formatted(random.nextInt(3), random.nextInt(3) == 0 ? 20 : 3600);
    send(
        client.request("REGISTER", "", ++made, contact),
        client.reply(200, "REGISTER", "y", made, contact));
  }

  private void change(String list, SplittableRandom random) {
    if (list.equals("calls")) {
      call(random);
    } else {
      register(random);
    }
  }

  @ParameterizedTest
  @CsvSource({"calls, 1", "calls, 2", "bindings, 3", "bindings, 4"})
  void whatIsThereFromBeginningToEndComesOnce(String list, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 400; i++) {
      change(list, random);
    }
    Set<String> staying = all(list);
    int atFirst = staying.size();
    List<String> met = new ArrayList<>();
    Long from = 0L;
    while (from != null) {
      JsonObject piece = ask(list, "'limit':5,'from':" + from);
      met.addAll(keys(piece.getJsonArray(list)));
      from = piece.getLong("next");
      seconds++;
      for (int i = 0; i < 5; i++) {
        change(list, random);
      }
      staying.retainAll(all(list));
    }

    assertThat(staying).as("some end, some stay").hasSizeBetween(atFirst / 10, atFirst * 9 / 10);
    assertThat(met).containsAll(staying).doesNotHaveDuplicates();
  }

  @Test
  void aPieceEndsWhereItHasEnoughAndSaysWhoseItIs() {
    for (int i = 0; i < 100; i++) {
      send(Dialog.call(i).request("INVITE", "", 1));
    }

    JsonObject first = ask("calls", "'limit':30,'from':0");
    JsonObject rest = ask("calls", "'from':" + first.getLong("next"));

    assertThat(first.getString("owner")).isEqualTo("tracker.0/7");
    assertThat(first.getJsonArray("calls").size()).isBetween(30, 40);
    assertThat(rest.getJsonArray("calls").size() + first.getJsonArray("calls").size())
        .isEqualTo(100);
    assertThat(rest.containsKey("next")).isFalse();
  }

  @Test
  void aPieceHoldsOnlyWhatTheFiltersLetThrough() {
    for (int i = 0; i < 100; i++) {
      send(Dialog.call(i).request("INVITE", "", 1));
    }

    JsonObject piece =
        ask("calls", "'from':0,'filters':[{'field':'cid','value':'-7@','regex':false}]");

    assertThat(keys(piece.getJsonArray("calls"))).hasSize(1);
    assertThat(piece.containsKey("next")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'skip':1,'from':0",
        "'sort':'cid','from':0",
        "'descending':true,'from':0",
        "'show':'keys','from':0",
        "'from':-1",
        "'from':4294967296"
      })
  void aPieceHasNoOrder(String fields) {
    assertThat(ask("calls", fields).getString("refused")).contains("from");
  }
}
