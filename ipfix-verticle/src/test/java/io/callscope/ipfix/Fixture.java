package io.callscope.ipfix;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.NoteKind;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A collector without sockets: bytes in, records out. */
final class Fixture {
  /** 2024-02-15 14:58:59 UTC, after all of the worked examples. */
  static final long NOW = 1_708_009_139_000_000_000L;

  final IpfixCounters counters = new IpfixCounters();
  final SipCounters sip = new SipCounters();
  final FeedCounters feedCounters = new FeedCounters();
  final IpfixRegistry registry = new IpfixRegistry();
  final Collector collector;
  private final SourceTime time = new SourceTime();
  private final List<Seen> records = new ArrayList<>();
  private final SipFeed feed;
  private long monotonicNanos;
  private int ids;

  Fixture() {
    this(new CollectorSettings("ipfix.0", Timeouts.of(0, 0), false, false, 0));
  }

  Fixture(CollectorSettings settings) {
    feed = new SipFeed("ipfix", 2, time, new Sink(), new BatchPool(), feedCounters);
    SipIntake intake = new SipIntake(feed, new RecordClock(time, counters, sip), counters, sip);
    collector = new Collector(settings, intake, counters, registry);
    collector.at(NOW, 0);
  }

  /** A record as it went to a partition. */
  record Seen(
      RecordKind kind,
      String transport,
      String source,
      String destination,
      long captureNanos,
      int error,
      int flags,
      String callId,
      String sbc,
      String ingressCallId,
      String text) {}

  /** What a connection was told. */
  static final class FakePeer implements Peer {
    final List<byte[]> sent = new ArrayList<>();
    boolean closed;
    int ended;

    @Override
    public void send(byte[] message) {
      sent.add(message);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void ended() {
      ended++;
    }
  }

  private final class Sink implements BatchSink {
    @Override
    public boolean credit(int partition, long timeoutNanos) {
      return true;
    }

    @Override
    public int credits(int partition) {
      return 1;
    }

    @Override
    public void send(int partition, SipBatch batch) {
      for (int r = 0; r < batch.size(); r++) {
        records.add(seen(batch, r));
      }
    }
  }

  private static Seen seen(SipBatch batch, int r) {
    SipMessage message = batch.message(r);
    int flags = 0;
    for (int bit : new int[] {1, 2, 4, 8}) {
      flags |= batch.has(r, bit) ? bit : 0;
    }
    return new Seen(
        batch.kind(r),
        batch.transport(r).text(),
        end(batch.sourceHigh(r), batch.sourceLow(r), batch.sourcePort(r)),
        end(batch.destinationHigh(r), batch.destinationLow(r), batch.destinationPort(r)),
        batch.captureNanos(r),
        batch.error(r),
        flags,
        message.text(SipIndex.CALL_ID),
        note(batch, r, NoteKind.SBC),
        note(batch, r, NoteKind.INGRESS_CALL_ID),
        new String(
            message.bytes(), message.start(), message.length(), StandardCharsets.ISO_8859_1));
  }

  private static String end(long high, long low, int port) {
    return IpAddress.text(high, low) + " " + port;
  }

  private static String note(SipBatch batch, int record, NoteKind kind) {
    byte[] note = batch.note(record, kind);
    return note == null ? null : new String(note, StandardCharsets.ISO_8859_1);
  }

  Connection open() {
    Remote remote = new Remote(ids++, "192.0.2.5", 51_234, "192.0.2.1", 4739);
    Connection connection = new Connection(new FakePeer(), new Health(remote, "ipfix.0", NOW));
    collector.opened(connection);
    return connection;
  }

  static FakePeer peer(Connection connection) {
    return (FakePeer) connection.peer;
  }

  void read(Connection connection, byte[]... reads) {
    try {
      for (byte[] read : reads) {
        collector.received(connection, read);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Some time goes by. */
  void pass(double seconds) {
    monotonicNanos += (long) (seconds * 1e9);
    collector.at(NOW + monotonicNanos, monotonicNanos);
    collector.tick();
  }

  /** What went to the partitions. */
  List<Seen> records() {
    try {
      feed.round();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  long count(String counter) {
    return count(counters.group(), counter);
  }

  long stat(String counter) {
    return count(sip.group(), counter);
  }

  private static long count(CounterGroup group, String counter) {
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.definitions().get(i).name().equals(counter)) {
        return group.value(i);
      }
    }
    throw new AssertionError("no counter " + counter);
  }

  static boolean isTruncated(Seen seen) {
    return (seen.flags() & RecordFlags.TRUNCATED) != 0;
  }
}
