package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import io.callscope.tracker.Mix;
import io.callscope.tracker.Traffic;
import org.junit.jupiter.api.Test;

/** What has lost each other is found, in the size of the tables or when its turn comes. */
class LeakCheckTest {
  private final CallTracker tracker =
      new CallTracker(
          new CallSettings(), new CallCounters(), new RegCounters(), event -> {}, Traffic::fail);
  private final Traffic.Feed feed = new Traffic.Feed("pcap");

  private void follow(Traffic.Message message) {
    tracker.advance(Traffic.EPOCH);
    tracker.accept(feed.add(message, Traffic.EPOCH).build(0), 0);
  }

  private CallEntry open(int number) {
    follow(Traffic.Dialog.call(number).request("INVITE", "", 1));
    CallEntry newest = tracker.store.table.oldest();
    while (newest.newerEntry != null) {
      newest = newest.newerEntry;
    }
    return newest;
  }

  private boolean isCleanForLong() {
    for (int i = 0; i < 1000; i++) {
      if (!tracker.isConsistent()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void anEntryWithoutATimerIsALeak() {
    CallEntry entry = open(1);
    open(2);
    assertThat(tracker.isConsistent()).isTrue();

    tracker.store.wheel.remove(entry);

    assertThat(tracker.isConsistent()).isFalse();
  }

  @Test
  void aTimerWithoutAnEntryIsALeak() {
    CallEntry entry = open(1);

    tracker.store.table.remove(entry);

    assertThat(tracker.isConsistent()).isFalse();
  }

  @Test
  void aTimerArmedTooLateIsFoundInItsTurn() {
    for (int i = 0; i < 30; i++) {
      open(i);
    }
    CallEntry entry = open(30);
    open(31);
    assertThat(isCleanForLong()).isTrue();

    entry.deadlineNanos = Traffic.EPOCH + 500_000_000L;

    assertThat(isCleanForLong()).isFalse();
  }

  @Test
  void aBindingOfAnotherEntryIsFoundInItsTurn() {
    Traffic.Dialog client = Traffic.Dialog.registration(1, 1);
    String contact = "Contact: <sip:c@192.0.2.9>;expires=60";
    follow(client.request("REGISTER", "", 1, contact));
    follow(client.reply(200, "REGISTER", "y", 1, contact));
    CallEntry entry = tracker.store.table.oldest();
    assertThat(entry.has(EventType.REG_NEW)).isTrue();
    assertThat(isCleanForLong()).isTrue();

    entry.bindings.owner = open(1);

    assertThat(isCleanForLong()).isFalse();
  }

  @Test
  void settingsSwitchItOff() {
    CallEntry entry = open(1);
    tracker.settings().leakChecks(false);

    tracker.store.wheel.remove(entry);

    assertThat(tracker.isConsistent()).isTrue();
  }

  @Test
  void randomTrafficIsClean() {
    for (Mix.Captured captured : Mix.of(7, 1500, 0.3)) {
      tracker.advance(captured.nanos());
      tracker.accept(feed.add(captured.message(), captured.nanos()).build(0), 0);
      assertThat(tracker.isConsistent()).isTrue();
    }
  }
}
