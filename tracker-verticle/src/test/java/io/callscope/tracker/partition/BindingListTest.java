package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.tracker.Question;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bindings as pages list them. */
class BindingListTest {
  private final Partition partition = new Partition(0, new CallSettings(), 0);
  private final Feed feed = new Feed("pcap");

  private void register(int number, int user, int cseq, double seconds, String... contacts) {
    Dialog client = Dialog.registration(number, user);
    String[] headers = new String[contacts.length];
    for (int i = 0; i < contacts.length; i++) {
      headers[i] = "Contact: <" + contacts[i] + ">;expires=600";
    }
    feed.add(client.request("REGISTER", "", cseq, headers), nanos(seconds));
    feed.add(client.reply(200, "REGISTER", "y", cseq, headers), nanos(seconds + 0.1));
    partition.accept(feed.build(nanos(seconds + 0.2)), 1);
  }

  private JsonObject ask(String json) {
    Question question = new Question();
    new PartitionQueries(partition, question.turns(), "a").ask(Question.fields(json), question);
    return question.finish();
  }

  private static String filter(String field, String value, boolean regex) {
    return "{'query':'bindings','filters':[{'field':'%s','value':'%s','regex':%b}]}"
        .formatted(field, value, regex);
  }

  @ParameterizedTest
  @CsvSource({
    "aor, user1@, false, 2",
    "aor, 'user[12]@', true, 3",
    "aor, USER1, false, 0",
    "contact, 192.0.2.12, false, 1",
    "contact, 192.0.2, false, 3",
    "contact, ^sip:b, true, 2",
  })
  void areFilteredByAorAndContact(String field, String value, boolean regex, int matches) {
    register(1, 1, 1, 0, "sip:a@192.0.2.11", "sip:b@192.0.2.12");
    register(2, 2, 1, 1, "sip:b@192.0.2.13");
    feed.add(Dialog.call(1).request("INVITE", "", 1), nanos(2));
    partition.accept(feed.build(nanos(2)), 1);

    JsonObject answer = ask(filter(field, value, regex));

    assertThat(answer.getInteger("matches")).isEqualTo(matches);
    assertThat(answer.getInteger("entries")).isEqualTo(3);
  }

  @Test
  void comeInPagesInTheOrderOfTheirRegistration() {
    for (int i = 0; i < 10; i++) {
      register(i, i, 1, i, "sip:a@192.0.2." + i);
    }

    JsonArray page = ask("{'query':'bindings','skip':3,'limit':2}").getJsonArray("bindings");

    assertThat(page).hasSize(2);
    assertThat(page.getJsonObject(0).getString("aor")).isEqualTo("sip:user3@example.com");
    assertThat(page.getJsonObject(1).getString("contact")).isEqualTo("sip:a@192.0.2.4");
    assertThat(page.getJsonObject(1).getString("callId")).isEqualTo("reg-4@192.0.2.10");
  }

  @Test
  void showThatTheirClientCameFromElsewhere() {
    register(1, 1, 1, 0, "sip:a@10.0.0.1");
    register(1, 1, 2, 10, "sip:a@10.0.0.1");
    JsonObject still = ask("{'query':'bindings'}").getJsonArray("bindings").getJsonObject(0);
    assertThat(still.getInteger("moves")).isZero();
    assertThat(still.getInteger("sourcePort")).isEqualTo(5060);

    feed.callerAt(40_123);
    register(1, 1, 3, 20, "sip:a@10.0.0.1");

    JsonObject moved = ask("{'query':'bindings'}").getJsonArray("bindings").getJsonObject(0);
    assertThat(moved.getInteger("moves")).isEqualTo(1);
    assertThat(moved.getString("source")).isEqualTo("192.0.2.1");
    assertThat(moved.getInteger("sourcePort")).isEqualTo(40_123);
    assertThat(moved.getString("expires")).isEqualTo("2024-01-01T00:10:50.1Z");
  }

  @Test
  void settingsCanBeAskedFor() {
    JsonObject settings = ask("{'query':'settings'}");

    assertThat(settings.getJsonObject("callTimeouts").getInteger("inv_established"))
        .isEqualTo(3600);
    assertThat(settings.getJsonObject("registrations").getInteger("regExpDelta")).isEqualTo(30);
    assertThat(settings.getBoolean("checks")).isTrue();
  }
}
