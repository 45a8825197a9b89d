package io.callscope.bench;

import io.callscope.bus.BatchPool;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.pcap.PacketReader;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.callscope.tracker.call.CallCounters;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallTracker;
import io.callscope.tracker.call.RegCounters;
import io.callscope.tracker.ring.MessageRing;
import io.callscope.tracker.ring.RingCounters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How far one thread could go without layers, partitions, event stage, bus and other threads: each
 * part added to the one before, over the same capture of plain UDP over IPv4 over Ethernet, warm;
 * CPU time a message, best of some rounds.
 */
public final class Limits {
  private static final int ROUNDS = 5;
  private static final int HEADERS = 14 + 20 + 8;
  private static final int PORTS_AT = 14 + 20;
  private static final int ADDRESSES_AT = 14 + 12;
  private static final int MAX_MESSAGES = 2_000_000;
  private static final long RING_BYTES = 64L << 20;
  private static final long IPV4 = 0xffff_0000_0000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String file;
  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];
  private final Envelope envelope = new Envelope();
  private long messages;

  private Limits(String file) {
    this.file = file;
  }

  /**
   * @param arguments the capture
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Usage: Limits CAPTURE");
      System.exit(2);
    }
    new Limits(arguments[0]).run();
  }

  /** What is done with a packet once it is read. */
  private interface Step {
    void take(byte[] bytes, int at, int end, long nanos);
  }

  private interface Part {
    void run() throws IOException;
  }

  private void run() throws IOException {
    System.out.println("| part | ns a message | messages/s a thread |");
    System.out.println("|---|---|---|");
    measure(
        "the file read in pieces of 64 KiB, packet by packet", () -> read((b, at, end, t) -> {}));
    measure("the same, and each message parsed", () -> read((b, at, end, t) -> parse(b, at, end)));
    measure("the same, and copied into batches", () -> batch(batch -> {}));
    measure("the same, and kept in the message ring", () -> batch(new Ring()));
    measure("the same, and followed by the tracker, events made", () -> batch(new Tracked()));
  }

  private void measure(String name, Part part) throws IOException {
    double[] nanos = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      messages = 0;
      long start = THREADS.getCurrentThreadCpuTime();
      part.run();
      nanos[round] = (double) (THREADS.getCurrentThreadCpuTime() - start) / messages;
    }
    double best = Arrays.stream(nanos).min().orElseThrow();
    System.out.printf(Locale.ROOT, "| %s | %.0f | %.2f M |%n", name, best, 1000 / best);
  }

  private void read(Step step) throws IOException {
    try (PacketReader reader = PacketReader.open(file)) {
      while (messages < MAX_MESSAGES && reader.next()) {
        int at = reader.offset();
        step.take(reader.buffer(), at, at + reader.capturedLength(), reader.captureNanos());
        messages++;
      }
    }
  }

  private void parse(byte[] bytes, int at, int end) {
    int from = at + HEADERS;
    if (parser.parseDatagram(bytes, from, end - from, row) != SipError.OK) {
      throw new IllegalStateException("not a capture of plain SIP over UDP and IPv4");
    }
  }

  private void batch(Consumer<SipBatch> out) throws IOException {
    BatchPool pool = new BatchPool();
    SipBatchBuilder builder = new SipBatchBuilder("limits", pool);
    read(
        (bytes, at, end, nanos) -> {
          parse(bytes, at, end);
          if (!builder.hasRoom(row[SipIndex.LENGTH])) {
            SipBatch batch = builder.build(nanos, false);
            out.accept(batch);
            pool.give(batch);
          }
          place(bytes, at, nanos);
          builder.add(
              RecordKind.MESSAGE, envelope, 0, bytes, at + HEADERS, row[SipIndex.LENGTH], row);
        });
  }

  private void place(byte[] bytes, int at, long nanos) {
    envelope.captureNanos = nanos;
    envelope.sourceLow = IPV4 | number(bytes, at + ADDRESSES_AT, 4);
    envelope.destinationLow = IPV4 | number(bytes, at + ADDRESSES_AT + 4, 4);
    envelope.sourcePort = (int) number(bytes, at + PORTS_AT, 2);
    envelope.destinationPort = (int) number(bytes, at + PORTS_AT + 2, 2);
  }

  private static long number(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = at; i < at + length; i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number;
  }

  private static class Ring implements Consumer<SipBatch> {
    private final MessageRing ring =
        new MessageRing(RING_BYTES, new RingCounters(), BenchmarkTraffic::fail);

    @Override
    public void accept(SipBatch batch) {
      ring.append(batch);
    }
  }

  private static final class Tracked extends Ring {
    private final CallTracker tracker =
        new CallTracker(
            new CallSettings(),
            new CallCounters(),
            new RegCounters(),
            event -> {},
            BenchmarkTraffic::fail);

    @Override
    public void accept(SipBatch batch) {
      super.accept(batch);
      for (int record = 0; record < batch.size(); record++) {
        tracker.expect(batch, record);
        tracker.advance(batch.captureNanos(record));
        tracker.accept(batch, record);
      }
    }
  }
}
