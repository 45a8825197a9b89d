package io.callscope.tracker.partition;

import io.callscope.bus.CallQuality;
import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.bus.CallRecord;
import io.callscope.bus.QualityCodec;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.tracker.Mix;
import io.callscope.tracker.Mix.Captured;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random traffic in batches of random size, some of it with what SBCs tell. */
final class StateTraffic {
  private final SplittableRandom random;
  private final Feed feed = new Feed("pcap");

  private final int mostRecords;

  private StateTraffic(long seed, int mostRecords) {
    random = new SplittableRandom(seed);
    this.mostRecords = mostRecords;
  }

  /** The batches of so many dialogs, the last of which ends the source. */
  static List<SipBatch> of(long seed, int dialogs) {
    return of(seed, dialogs, 40);
  }

  /** The same with at most so many records and a little more in a batch. */
  static List<SipBatch> of(long seed, int dialogs, int mostRecords) {
    return new StateTraffic(seed, mostRecords).batches(Mix.of(seed, dialogs, 0.15), dialogs);
  }

  private List<SipBatch> batches(List<Captured> mix, int dialogs) {
    List<SipBatch> batches = new ArrayList<>();
    int left = random.nextInt(mostRecords);
    long nanos = 0;
    for (Captured captured : mix) {
      nanos = captured.nanos();
      boolean ofSbc = random.nextInt(3) == 0;
      feed.reportedBy("sbc" + random.nextInt(3), ofSbc ? RecordFlags.REPORTS_QUALITY : 0);
      feed.add(captured.message(), nanos);
      if (random.nextInt(15) == 0) {
        tell(Dialog.call(random.nextInt(dialogs)).callId(), nanos);
      }
      if (left-- == 0) {
        batches.add(feed.build(nanos));
        left = random.nextInt(mostRecords);
      }
    }
    // A batch with a record is known when it comes again.
    batches.add(feed.addProbe(nanos).build(nanos + 400_000_000_000L));
    batches.add(feed.addProbe(nanos + 400_000_000_000L).last(nanos + 4_000_000_000_000L));
    return batches;
  }

  private void tell(String callId, long nanos) {
    if (random.nextBoolean()) {
      byte[] other = ("leg-" + random.nextInt(50)).getBytes(StandardCharsets.US_ASCII);
      feed.tell(RecordKind.LINK, 0, callId, other, nanos);
    } else {
      int option = random.nextBoolean() ? CallRecord.PUBLISH : 0;
      feed.tell(
          RecordKind.QUALITY, option, callId, QualityCodec.bytes(report(callId, nanos)), nanos);
    }
  }

  private static CallQuality report(String callId, long nanos) {
    Stream stream = new Stream(1, 2, 3, 4, 5, 6, 7);
    Flow flow = new Flow("198.51.100.7", 1, "192.0.2.1", 2);
    Leg ingress = new Leg(callId, "in", 1, 2, 3, 4, 5, stream, stream, flow, flow);
    Leg egress = new Leg("leg-x", "out", 1, 2, 3, 4, 5, stream, stream, flow, flow);
    return new CallQuality("sbc1", nanos - 5_000_000_000L, nanos, 1, false, ingress, egress);
  }
}
