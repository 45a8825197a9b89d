package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.callscope.bus.SipBatch;
import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Message;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the tracker costs that does not depend on the machine: bytes its thread allocates. A limit
 * is a tenth above what it was when it was set.
 */
class TrackerCostTest {
  private static final int CALLS = 2000;

  /** The view of the message in its batch, and nothing else. */
  private static final double BYTES_OF_MESSAGE_INSIDE = 35;

  /** Entry, texts twice (a To tag is added), an event, and views of four messages. */
  private static final double BYTES_OF_OPEN_CALL = 1560;

  /** The same with another event and two messages. */
  private static final double BYTES_OF_WHOLE_CALL = 2420;

  private final Traffic.Feed feed = new Traffic.Feed("pcap");
  private long nanos = Traffic.EPOCH;
  private int events;
  private final CallTracker tracker =
      new CallTracker(
          new CallSettings(),
          new CallCounters(),
          new RegCounters(),
          event -> events++,
          Traffic::fail);
  private ThreadMXBean threads;

  @BeforeEach
  void needsTheCount() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
            && counting.isThreadAllocatedMemoryEnabled(),
        "this Java does not count what a thread allocates");
    threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }

  private interface Script {
    List<Message> of(Dialog call);
  }

  /** Follows a script for each of so many calls; bytes a call. */
  private double bytesPerCall(int first, Script script) {
    List<SipBatch> batches = new ArrayList<>();
    for (int call = first; call < first + CALLS; call++) {
      for (Message message : script.of(Dialog.call(call))) {
        if (!feed.hasRoom(message.text().length())) {
          batches.add(feed.build(nanos));
        }
        nanos += 1000;
        feed.add(message, nanos);
      }
    }
    batches.add(feed.build(nanos));
    long before = threads.getCurrentThreadAllocatedBytes();
    for (SipBatch batch : batches) {
      for (int record = 0; record < batch.size(); record++) {
        tracker.expect(batch, record);
        tracker.advance(batch.captureNanos(record));
        tracker.accept(batch, record);
      }
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private static List<Message> opening(Dialog call) {
    return List.of(
        call.request("INVITE", "", 1),
        call.reply(180, "INVITE", "t", 1),
        call.reply(200, "INVITE", "t", 1),
        call.request("ACK", "t", 1));
  }

  private static List<Message> inside(Dialog call, int cseq) {
    return List.of(
        call.request("INVITE", "t", cseq),
        call.reply(200, "INVITE", "t", cseq),
        call.request("ACK", "t", cseq));
  }

  private static List<Message> whole(Dialog call) {
    List<Message> messages = new ArrayList<>(opening(call));
    messages.add(call.request("BYE", "t", 2));
    messages.add(call.reply(200, "BYE", "t", 2));
    return messages;
  }

  @Test
  void messagesOfAKnownCallMakeNoGarbage() {
    bytesPerCall(0, TrackerCostTest::opening);
    bytesPerCall(0, call -> inside(call, 2)); // classes are loaded
    double bytes = bytesPerCall(0, call -> inside(call, 3)) / 3;
    assertThat(bytes).isLessThan(BYTES_OF_MESSAGE_INSIDE);
    assertThat(events).isEqualTo(CALLS);
  }

  @Test
  void aCallCostsItsEntryAndItsEvents() {
    bytesPerCall(0, TrackerCostTest::whole);
    double open = bytesPerCall(CALLS, TrackerCostTest::opening);
    double whole = bytesPerCall(2 * CALLS, TrackerCostTest::whole);
    assertThat(open).isLessThan(BYTES_OF_OPEN_CALL);
    assertThat(whole).isLessThan(BYTES_OF_WHOLE_CALL);
    assertThat(events).isEqualTo(5 * CALLS);
  }
}
