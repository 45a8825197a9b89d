package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.Traffic.Message;
import io.callscope.tracker.call.CallSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A flood of INVITEs, each of a call of its own: the table stays within its limits, calls that were
 * known before go on, and each message is counted once.
 */
class CallFloodTest {
  private static final long ENTRIES = 100_000;
  private static final long BYTES = 64L << 20;
  private static final double SECONDS_BETWEEN = 0.00001;
  private static final int KNOWN = 100;

  private final CallSettings settings = new CallSettings();
  private final Partition partition = new Partition(0, settings, 1 << 20);
  private final Feed feed = new Feed("eth0");
  private final List<EventType> events = new ArrayList<>();
  private long messages;
  private double seconds;

  private void send(Message message) {
    if (!feed.hasRoom(1000)) {
      follow();
    }
    feed.add(message, nanos(seconds));
    messages++;
    seconds += SECONDS_BETWEEN;
  }

  private void follow() {
    partition.accept(feed.build(nanos(seconds)), 0);
    EventBatch batch = partition.takeEvents();
    if (batch != null) {
      batch.events().stream().map(CallEvent::type).forEach(events::add);
    }
    assertThat(counter("calls", "active")).isLessThanOrEqualTo(ENTRIES);
    assertThat((long) partition.query().callTable().get("bytes")).isLessThanOrEqualTo(BYTES);
  }

  private long counter(String group, String name) {
    for (CounterGroup each : partition.counters()) {
      for (int i = 0; each.name().equals(group) && i < each.definitions().size(); i++) {
        if (each.definitions().get(i).name().equals(name)) {
          return each.value(i);
        }
      }
    }
    throw new AssertionError("no counter " + group + "." + name);
  }

  private void flood(int calls) {
    settings.callLimits(ENTRIES, BYTES);
    for (int i = 0; i < KNOWN; i++) {
      send(Dialog.call(-1 - i).request("INVITE", "", 1));
    }
    for (int i = 0; i < calls; i++) {
      send(Dialog.call(i).request("INVITE", "", 1));
      if (i % (calls / KNOWN) == 0) {
        Dialog known = Dialog.call(-1 - i / (calls / KNOWN));
        send(known.reply(200, "INVITE", "b", 1));
        send(known.request("BYE", "b", 2));
        send(known.reply(200, "BYE", "b", 2));
      }
    }
    follow();
    assertThat(events.stream().filter(EventType.CALL_START::equals)).hasSize(KNOWN);
    assertThat(events.stream().filter(EventType.CALL_END::equals)).hasSize(KNOWN);
    long refused = counter("calls", "fail_lim") + counter("calls", "fail_new");
    assertThat(refused).isPositive();
    assertThat(counter("pkt_stats", "tracked_ok_udp") + refused).isEqualTo(messages);
  }

  @Test
  void ofHundredsOfThousandsOfCallIdsStaysWithinItsLimits() {
    flood(300_000);
  }

  @Tag("flood")
  @Test
  void ofTenMillionCallIdsStaysWithinItsLimits() {
    flood(10_000_000);
  }
}
