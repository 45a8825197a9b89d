package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order in which the messages of a scenario can come, every choice of those that are lost,
 * every one of them repeated: nothing is left over, and no entry reports a thing twice.
 */
class PermutationTest {
  private static final Dialog CALL = Dialog.call(1);
  private static final Dialog CLIENT = Dialog.registration(1, 1);
  private static final String CONTACT = "Contact: <sip:c@192.0.2.9>;expires=60";

  record Script(String name, List<Message> messages) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Script> scripts() {
    return List.of(
        new Script(
            "answered",
            List.of(
                CALL.request("INVITE", "", 1),
                CALL.reply(180, "INVITE", "b", 1),
                CALL.reply(200, "INVITE", "b", 1),
                CALL.request("ACK", "b", 1),
                CALL.calleeRequest("BYE", "b", 100),
                CALL.callerReply(200, "BYE", "b", 100))),
        new Script(
            "cancelled",
            List.of(
                CALL.request("INVITE", "", 1),
                CALL.reply(180, "INVITE", "b", 1),
                CALL.request("CANCEL", "", 1),
                CALL.reply(200, "CANCEL", "b", 1),
                CALL.reply(487, "INVITE", "b", 1),
                CALL.request("ACK", "b", 1))),
        new Script(
            "forked",
            List.of(
                CALL.request("INVITE", "", 1),
                CALL.reply(180, "INVITE", "b", 1),
                CALL.reply(180, "INVITE", "c", 1),
                CALL.reply(200, "INVITE", "c", 1),
                CALL.reply(486, "INVITE", "b", 1),
                CALL.request("BYE", "c", 2))),
        new Script(
            "challenged",
            List.of(
                CALL.request("INVITE", "", 1),
                CALL.reply(401, "INVITE", "x", 1),
                CALL.request("ACK", "x", 1),
                CALL.request("INVITE", "", 2),
                CALL.reply(401, "INVITE", "y", 2),
                CALL.reply(200, "INVITE", "b", 2))),
        new Script(
            "with other methods underway",
            List.of(
                CALL.request("INVITE", "", 1),
                CALL.reply(183, "INVITE", "b", 1),
                CALL.request("PRACK", "b", 2),
                CALL.calleeRequest("INFO", "b", 7),
                CALL.reply(200, "INVITE", "b", 1),
                CALL.request("BYE", "b", 3))),
        new Script(
            "registered",
            List.of(
                CLIENT.request("REGISTER", "", 1, CONTACT),
                CLIENT.reply(401, "REGISTER", "x", 1),
                CLIENT.request("REGISTER", "", 2, CONTACT),
                CLIENT.reply(200, "REGISTER", "y", 2, CONTACT),
                CLIENT.request("REGISTER", "", 3, "Contact: *", "Expires: 0"),
                CLIENT.reply(200, "REGISTER", "z", 3))),
        new Script(
            "asked and asked again",
            List.of(
                CALL.request("OPTIONS", "", 1),
                CALL.reply(200, "OPTIONS", "b", 1),
                CALL.request("OPTIONS", "", 2),
                CALL.reply(200, "OPTIONS", "c", 2),
                CALL.request("MESSAGE", "", 3),
                CALL.reply(404, "MESSAGE", "d", 3))));
  }

  private static void run(List<Message> messages, double seconds) {
    List<CallEvent> events = new ArrayList<>();
    CallTracker tracker =
        new CallTracker(
            new CallSettings(), new CallCounters(), new RegCounters(), events::add, Traffic::fail);
    Traffic.Feed feed = new Traffic.Feed("pcap");
    double now = 0;
    for (Message message : messages) {
      tracker.advance(Traffic.nanos(now));
      tracker.accept(feed.add(message, Traffic.nanos(now)).build(0), 0);
      now += seconds;
    }
    assertThat(Recount.accounted(tracker)).isEqualTo(Recount.of(tracker));
    tracker.advance(Traffic.nanos(100_000));
    tracker.settle();
    assertThat(tracker.query().callTable()).containsEntry("entries", 0).containsEntry("timers", 0L);
    assertThat(tracker.query().bindingTable()).containsEntry("entries", 0);
    OnceAnEntry.assertThatHolds(events);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyOrder(Script script) {
    permute(new ArrayList<>(script.messages), 0);
  }

  private static void permute(List<Message> messages, int from) {
    if (from == messages.size()) {
      run(messages, 0.5);
    }
    for (int i = from; i < messages.size(); i++) {
      Collections.swap(messages, from, i);
      permute(messages, from + 1);
      Collections.swap(messages, from, i);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyLossAtEveryPace(Script script) {
    for (int kept = 0; kept < 1 << script.messages.size(); kept++) {
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < script.messages.size(); i++) {
        if ((kept & (1 << i)) != 0) {
          messages.add(script.messages.get(i));
        }
      }
      for (double pace : new double[] {0, 0.001, 0.9, 4.9, 5.1, 31, 200, 4000}) {
        run(messages, pace);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyRepeatAtEveryPlace(Script script) {
    int size = script.messages.size();
    for (int i = 0; i < size; i++) {
      for (int at = 0; at <= size; at++) {
        List<Message> messages = new ArrayList<>(script.messages);
        messages.add(at, script.messages.get(i));
        run(messages, 0.5);
        messages.add(Math.min(at + 1, size), script.messages.get(i));
        run(messages, 2);
      }
    }
  }
}
