package io.callscope.bench;

import io.callscope.bus.CallEvent;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.callscope.tracker.call.CallCounters;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallTracker;
import io.callscope.tracker.call.RegCounters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Batches of many calls at once, as a source sends them, and the events they give. */
final class BenchmarkTraffic {
  /** The INVITE, its replies, ACK, BYE and its reply. */
  static final int MESSAGES_OF_A_CALL = 7;

  private static final int REGISTER = 7;
  private static final long EPOCH = 1_704_067_200_000_000_000L;
  private static final long APART_NANOS = 1_000_000L;
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final long CALLEE = IpAddress.lowOfIpv4(0x0b00_0001);

  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];
  private final Envelope envelope = new Envelope();

  /** Nothing of a benchmark's traffic may fail. */
  static void fail(RuntimeException fault) {
    throw fault;
  }

  private final SipBatchBuilder builder = new SipBatchBuilder("pcap");
  private final List<SipBatch> batches = new ArrayList<>();

  private BenchmarkTraffic() {}

  /** A message and when it comes, ns from the start. */
  private record Due(long nanos, int dialog, int step) {}

  /** Calls that begin a millisecond apart, each message a second after the one before. */
  static List<SipBatch> calls(int count) {
    return batches(count, 0, MESSAGES_OF_A_CALL);
  }

  /** A REGISTER and its 2xx from as many clients. */
  static List<SipBatch> registrations(int count) {
    return batches(count, REGISTER, REGISTER + 2);
  }

  private static List<SipBatch> batches(int dialogs, int firstStep, int endStep) {
    List<Due> plan = new ArrayList<>();
    for (int dialog = 0; dialog < dialogs; dialog++) {
      for (int step = firstStep; step < endStep; step++) {
        plan.add(new Due(dialog * APART_NANOS + (step - firstStep) * STEP_NANOS, dialog, step));
      }
    }
    plan.sort(Comparator.comparingLong(Due::nanos));
    BenchmarkTraffic traffic = new BenchmarkTraffic();
    plan.forEach(traffic::add);
    traffic.build();
    return traffic.batches;
  }

  private void add(Due due) {
    byte[] bytes = text(due).getBytes(StandardCharsets.ISO_8859_1);
    if (parser.parseDatagram(bytes, 0, bytes.length, row) != SipError.OK) {
      throw new IllegalStateException(text(due));
    }
    if (!builder.hasRoom(bytes.length)) {
      build();
    }
    boolean reply = (row[SipIndex.FLAGS] & SipIndex.FLAG_REPLY) != 0;
    long caller = IpAddress.lowOfIpv4(0x0a00_0000 + due.dialog % 1000);
    envelope.captureNanos = EPOCH + due.nanos;
    envelope.arrivalNanos = envelope.captureNanos;
    envelope.sourceLow = reply ? CALLEE : caller;
    envelope.destinationLow = reply ? caller : CALLEE;
    envelope.sourcePort = 5060;
    envelope.destinationPort = 5060;
    builder.add(RecordKind.MESSAGE, envelope, 0, bytes, 0, bytes.length, row);
  }

  private void build() {
    batches.add(builder.build(envelope.captureNanos, false));
  }

  private static String text(Due due) {
    boolean granted = due.step > REGISTER;
    int step = granted ? REGISTER : due.step;
    String text =
        ParserBenchmarkMix.message(step)
            .replace("0a0c91e6bf6-" + step + "@", "0a0c91e6bf6-" + due.dialog + "@")
            .replace("tag=8f3c2a1b" + step, "tag=8f3c2a1b" + due.dialog)
            .replace("+12125550100@", "+1212" + due.dialog + "@")
            .replace("+14155550123@", "+1415" + due.dialog + "@");
    return granted ? "SIP/2.0 200 OK" + text.substring(text.indexOf("\r\n")) : text;
  }

  static int messages(List<SipBatch> batches) {
    return batches.stream().mapToInt(SipBatch::size).sum();
  }

  /** All events of batches, those of the last timeout included. */
  static List<CallEvent> events(List<SipBatch> batches) {
    List<CallEvent> events = new ArrayList<>();
    CallTracker tracker =
        new CallTracker(
            new CallSettings(),
            new CallCounters(),
            new RegCounters(),
            events::add,
            BenchmarkTraffic::fail);
    for (SipBatch batch : batches) {
      for (int record = 0; record < batch.size(); record++) {
        tracker.advance(batch.captureNanos(record));
        tracker.accept(batch, record);
      }
    }
    tracker.advance(tracker.nowNanos() + 100_000 * STEP_NANOS);
    return events;
  }
}
