package io.callscope.tracker.call;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile and plentiful traffic meets bounds, and each refusal is counted. */
class LimitsTest {
  private final CallCounters counters = new CallCounters();
  private final RegCounters regCounters = new RegCounters();
  private final CallSettings settings = new CallSettings();
  private final List<CallEvent> events = new ArrayList<>();
  private final CallTracker tracker =
      new CallTracker(settings, counters, regCounters, events::add, Traffic::fail);
  private final Traffic.Feed feed = new Traffic.Feed("pcap");

  private void follow(Message message, double seconds) {
    tracker.advance(nanos(seconds));
    tracker.accept(feed.add(message, nanos(seconds)).build(EPOCH), 0);
  }

  private long refused(int counter) {
    return counters.groups().get(0).value(counter);
  }

  private long count(int counter) {
    return regCounters.group().value(counter);
  }

  private int entries() {
    return (int) tracker.query().callTable().get("entries");
  }

  private int bindings() {
    return (int) tracker.query().bindingTable().get("entries");
  }

  private void endsClean() {
    tracker.advance(nanos(100_000));
    tracker.settle();
    assertThat(tracker.query().callTable()).containsEntry("entries", 0).containsEntry("timers", 0L);
    assertThat(bindings()).isZero();
  }

  @Test
  void theEntryLimitRefusesNewCallsAndKeepsKnownOnes() {
    settings.callLimits(2, 0);
    for (int i = 0; i < 5; i++) {
      follow(Dialog.call(i).request("INVITE", "", 1), 0);
    }
    follow(Dialog.call(1).reply(200, "INVITE", "b", 1), 1);

    assertThat(entries()).isEqualTo(2);
    assertThat(refused(counters.failLimit)).isEqualTo(3);
    assertThat(events).extracting(CallEvent::type).containsExactly(EventType.CALL_START);
    assertThat(tracker.query().callTable()).containsEntry("failures", 3L);
  }

  @Test
  void theMemoryLimitRefusesNewCalls() {
    settings.callLimits(0, 100_000);
    for (int i = 0; i < 1000; i++) {
      follow(Dialog.call(i).request("INVITE", "", 1), 0);
    }

    assertThat((long) tracker.query().callTable().get("bytes"))
        .as("at most the texts of one more")
        .isBetween(90_000L, 101_000L);
    assertThat(refused(counters.failNew)).isEqualTo(1000 - entries()).isPositive();
    endsClean();
  }

  @Test
  void softwareThatManyShareCountsOnceAndThatOfOneCountsForIt() {
    long shared = bytesOfCalls("the same");
    endsClean();
    long own = bytesOfCalls("one of ");

    assertThat(own - shared)
        .as("30 and 16 for the array, 24 for the object of each but the first")
        .isEqualTo(99 * (48 + 24));
    tracker.advance(nanos(200_000));
    endsClean();
  }

  private long bytesOfCalls(String software) {
    long before = (long) tracker.query().callTable().get("bytes");
    for (int i = 0; i < 100; i++) {
      String name = software.equals("the same") ? software : software + i;
      String text = Dialog.call(i).request("INVITE", "", 1).text();
      follow(new Message(text.replace("ExamplePhone 1.2", pad(name)), false), 0);
    }
    return (long) tracker.query().callTable().get("bytes") - before;
  }

  private static String pad(String name) {
    return (name + "-".repeat(30)).substring(0, 30);
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    for (int length : new int[] {303, 1000, 60_000}) {
      Dialog call = new Dialog("x".repeat(length), "f", "sip:a@b", "sip:c@d");
      follow(call.request("INVITE", "", 1), 0);
    }
    assertThat(entries()).isZero();
    assertThat(refused(counters.failNew)).isEqualTo(3);

    Dialog longest = new Dialog("x".repeat(302), "f", "sip:a@b", "sip:c@d");
    follow(longest.request("INVITE", "", 1), 0);
    assertThat(entries()).as("302 + 32 + 50 = 384").isEqualTo(1);
    follow(longest.reply(200, "INVITE", "b".repeat(82), 1), 1);
    assertThat(events).as("302 + 1 + 82 > 384").isEmpty();
    assertThat(refused(counters.failNew)).isEqualTo(4);
    follow(longest.reply(200, "INVITE", "b".repeat(81), 1), 1);
    assertThat(events).hasSize(1);
  }

  @Test
  void aLongFromUriDoesNotCountAsKey() {
    String from = "sip:" + "a".repeat(86) + "@b.com";
    Dialog call = new Dialog("x".repeat(250), "f", from, "sip:c@d");
    Dialog retry = new Dialog(call.callId(), "g".repeat(40), from, "sip:c@d");
    follow(call.request("INVITE", "", 1), 0);
    follow(call.reply(401, "INVITE", "x", 1), 0.1);
    follow(retry.request("INVITE", "", 2), 0.2);

    assertThat(entries()).as("the retry joined the challenged entry").isEqualTo(1);
  }

  @Test
  void aFloodOfForksOfOneCallIsBounded() {
    Dialog call = Dialog.call(1);
    follow(call.request("INVITE", "", 1), 0);
    for (int i = 0; i < 1000; i++) {
      follow(call.reply(180, "INVITE", "t" + i, 1), 1);
    }

    assertThat(entries()).isEqualTo(64);
    assertThat(refused(counters.failChain)).isEqualTo(1000 - 64);
    endsClean();
    assertThat(events).as("one attempt for all branches").hasSize(1);
  }

  private void register(Dialog client, String contact, double seconds) {
    follow(client.request("REGISTER", "", 1, contact), seconds);
    follow(client.reply(200, "REGISTER", "y", 1, contact), seconds);
  }

  private static String contact(int number) {
    return "Contact: <sip:c" + number + "@192.0.2.9>;expires=600";
  }

  @Test
  void theBindingLimitsRefuseBindingsButReportThem() {
    settings.bindingLimits(3, 0);
    for (int i = 0; i < 5; i++) {
      register(Dialog.registration(i, i), contact(i), 0);
    }
    assertThat(bindings()).isEqualTo(3);
    assertThat(count(regCounters.failLimit)).isEqualTo(2);
    assertThat(events).hasSize(5);
    endsClean();
    assertThat(events).as("the ends of those that were kept").hasSize(8);
  }

  @Test
  void aFloodOfForgedAnswersKeepsNoRoomFromCalls() {
    settings.callLimits(20, 0).bindingLimits(3, 0);
    for (int i = 0; i < 30; i++) {
      String contact = "Contact: <sip:c" + i + "@192.0.2.9>;expires=4294967295";
      follow(Dialog.registration(i, i).reply(200, "REGISTER", "y", 1, contact), 0);
    }
    assertThat(entries()).isEqualTo(20);

    follow(Dialog.call(1).request("INVITE", "", 1), 10);
    assertThat(entries()).as("those with a binding, and the call").isEqualTo(4);
    endsClean();
  }

  @Test
  void theBindingMemoryLimitRefusesBindings() {
    settings.bindingLimits(0, 6000);
    for (int i = 0; i < 100; i++) {
      register(Dialog.registration(i, i), contact(i), 0);
    }
    assertThat((long) tracker.query().bindingTable().get("bytes")).isLessThanOrEqualTo(6000);
    assertThat(count(regCounters.failNew)).isEqualTo(100 - bindings()).isPositive();
    endsClean();
  }

  @Test
  void aFloodOfContactsOfOneUserIsBounded() {
    for (int i = 0; i < 100_000; i++) {
      register(Dialog.registration(i, 1), contact(i), 0);
    }
    assertThat(bindings()).isEqualTo(512);
    assertThat(count(regCounters.failLimit)).isEqualTo(100_000 - 512);
    endsClean();
  }

  @Test
  void anAddressOfRecordOfManyKilobytesIsNotBound() {
    Dialog client = new Dialog("r", "f", "sip:a@b", "sip:" + "u".repeat(40_000) + "@example.com");
    follow(client.reply(200, "REGISTER", "y", 1, contact(1)), 0);

    assertThat(bindings()).isZero();
    assertThat(count(regCounters.noAor)).isEqualTo(1);
    endsClean();
    assertThat(events).isEmpty();
  }

  @Test
  void manyContactsOfOneRegisterAreFollowedUpToTen() {
    String[] contacts = new String[30];
    for (int i = 0; i < contacts.length; i++) {
      contacts[i] = contact(i);
    }
    Dialog client = Dialog.registration(1, 1);
    long before = (long) tracker.query().callTable().get("bytes");
    follow(client.request("REGISTER", "", 1, contacts), 0);
    assertThat((long) tracker.query().callTable().get("bytes") - before)
        .as("the contacts kept for the answer are counted")
        .isGreaterThan(CallEntry.FIXED_BYTES + 9 * 15);
    follow(client.reply(200, "REGISTER", "y", 1, contacts), 0);

    assertThat(bindings()).isEqualTo(10);
    endsClean();
    assertThat(events).hasSize(20);
  }

  @Test
  void aMessageFullOfContactsIsFollowedInBoundsAndSaysWhatIsLeftOut() {
    String[] contacts = new String[2800];
    for (int i = 0; i < contacts.length; i++) {
      contacts[i] = "m:<sip:c" + i + "@h>;expires=60";
    }
    Dialog client = Dialog.registration(1, 1);
    follow(client.request("REGISTER", "", 1, contacts), 0);
    assertThat(count(regCounters.contactsIgnored)).as("beyond ten").isEqualTo(2790);
    follow(client.reply(200, "REGISTER", "y", 1, contacts), 0);
    assertThat(count(regCounters.contactsIgnored)).as("beyond 512").isEqualTo(2790 + 2800 - 512);
    assertThat(bindings()).isEqualTo(10);
    endsClean();

    follow(Dialog.registration(2, 2).reply(200, "REGISTER", "y", 1, contacts), 200_000);
    assertThat(count(regCounters.contactsIgnored))
        .as("of an answer alone beyond ten")
        .isEqualTo(2790 + 2800 - 512 + 2790);
    assertThat(bindings()).isEqualTo(10);
    tracker.advance(nanos(300_000));
    assertThat(bindings()).isZero();
  }

  @Test
  void contactsThatAreDeletedUnknownAreReportedEachAndOnce() {
    Dialog client = Dialog.registration(1, 1);
    String gone = ";expires=0";
    String[] contacts = {"Contact: <sip:a@h>" + gone + ",<sip:b@h>" + gone + ",<sip:c@h>" + gone};
    follow(client.request("REGISTER", "", 1, contacts), 0);
    follow(client.reply(200, "REGISTER", "y", 1), 0.1);
    follow(client.request("REGISTER", "", 2, contacts), 1);
    follow(client.reply(200, "REGISTER", "y", 2), 1.1);

    assertThat(events)
        .extracting(event -> event.type().text() + " " + event.text(EventText.CONTACT))
        .containsExactly("reg-del sip:a@h", "reg-del sip:b@h", "reg-del sip:c@h");
    assertThat(count(regCounters.delNoMatch)).isEqualTo(6);
    assertThat(count(regCounters.delNoCached)).isZero();
    endsClean();
  }

  @Test
  void aReplyWithACallIdAsLongAsItsDatagramIsRefusedAndCounted() {
    for (int length : new int[] {385, 65_000}) {
      Dialog call = new Dialog("x".repeat(length), "f", "sip:a@b", "sip:c@d");
      follow(call.reply(200, "INVITE", "b", 1), 0);
      follow(call.reply(200, "REGISTER", "b", 1, contact(1)), 0);
    }

    assertThat(entries()).isZero();
    assertThat(refused(counters.failNew)).isEqualTo(4);
    assertThat(events).isEmpty();
  }

  @Test
  void aRegisterThatChangesItsMethodLeavesNoBindingBehind() {
    Dialog client = Dialog.registration(1, 1);
    Message options = client.request("OPTIONS", "", 1, contact(1));
    follow(new Message(options.text().replace("1 OPTIONS", "1 REGISTER"), false), 0);
    follow(client.reply(200, "REGISTER", "y", 1, contact(1)), 0.1);
    assertThat(bindings()).isEqualTo(1);
    follow(new Message(options.text().replace("1 OPTIONS", "2 REGISTER"), false), 0.2);

    endsClean();
  }

  @Test
  void twoBindingsThatEndInOneTickBothEndInTime() {
    Dialog client = Dialog.registration(1, 1);
    follow(client.request("REGISTER", "", 1, contact(1)), 0);
    follow(client.reply(200, "REGISTER", "y", 1, contact(1)), 0);
    follow(client.request("REGISTER", "y", 2, contact(2)), 0.001);
    follow(client.reply(200, "REGISTER", "y", 2, contact(1), contact(2)), 0.002);
    assertThat(bindings()).isEqualTo(2);

    tracker.advance(nanos(631));

    assertThat(events)
        .extracting(CallEvent::type)
        .containsExactly(
            EventType.REG_NEW, EventType.REG_NEW, EventType.REG_EXPIRED, EventType.REG_EXPIRED);
    assertThat(events.get(3).timeNanos()).isEqualTo(nanos(630.002));
  }
}
