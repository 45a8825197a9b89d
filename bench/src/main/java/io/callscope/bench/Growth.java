package io.callscope.bench;

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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * What a message costs the tracker with ever more open calls, and the memory of these: each
 * partition is a thread with its share of the calls; then requests and replies of calls at random
 * are followed. Only CPU time in the tracker counts.
 *
 * <pre>
 * java -Xmx8g -XX:+UseParallelGC -cp … io.callscope.bench.Growth 10000 100000 1000000 10000000
 * </pre>
 */
public final class Growth {
  private static final int[] PARTITIONS = {1, 2, 4};
  private static final int MEASURED = 3_000_000;
  private static final long EPOCH = 1_704_067_200_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String[] OPENING = {"INVITE", "180 INVITE", "200 INVITE", "ACK"};
  private static final String[] INSIDE = {"INVITE", "200 INVITE", "ACK"};

  private Growth() {}

  public static void main(String[] counts) throws InterruptedException {
    measure(10_000, 1); // the compiler learns
    System.out.println("| open calls | partitions | messages/s a partition | B a call |");
    System.out.println("|---|---|---|---|");
    for (String count : counts) {
      for (int partitions : PARTITIONS) {
        System.out.println(measure(Integer.parseInt(count), partitions));
      }
    }
  }

  private static String measure(int calls, int partitions) throws InterruptedException {
    List<Share> shares = new ArrayList<>();
    CountDownLatch open = new CountDownLatch(partitions);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      Share share = new Share(p * (calls / partitions), calls / partitions);
      shares.add(share);
      Thread thread =
          new Thread(
              () -> {
                share.open();
                open.countDown();
                await(go);
                share.measure(MEASURED / partitions);
              });
      threads.add(thread);
      thread.start();
    }
    open.await();
    long bytes = usedBytes() / calls;
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double rate = shares.stream().mapToDouble(share -> share.rate).average().orElse(0);
    return String.format(Locale.ROOT, "| %,d | %d | %,.0f | %,d |", calls, partitions, rate, bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The calls of one partition. */
  private static final class Share {
    private final int first;
    private final int calls;
    private final CallTracker tracker =
        new CallTracker(
            new CallSettings(),
            new CallCounters(),
            new RegCounters(),
            event -> {},
            BenchmarkTraffic::fail);
    private final SipParser parser = new SipParser();
    private final int[] row = new int[SipIndex.SIZE];
    private final Envelope envelope = new Envelope();
    private final SipBatchBuilder builder = new SipBatchBuilder("growth");
    private final SplittableRandom random = new SplittableRandom(7);
    private long nanos = EPOCH;
    private long spentNanos;
    double rate;

    Share(int first, int calls) {
      this.first = first;
      this.calls = calls;
    }

    void open() {
      for (int call = first; call < first + calls; call++) {
        for (String what : OPENING) {
          message(what, call, 1);
        }
      }
      follow();
    }

    void measure(int messages) {
      spentNanos = 0;
      for (int i = 0; i < messages / INSIDE.length; i++) {
        int call = first + random.nextInt(calls);
        for (String what : INSIDE) {
          message(what, call, i + 2);
        }
      }
      follow();
      rate = messages * 1e9 / spentNanos;
    }

    private void message(String what, int call, int cseq) {
      byte[] bytes = text(what, call, cseq).getBytes(StandardCharsets.ISO_8859_1);
      if (parser.parseDatagram(bytes, 0, bytes.length, row) != SipError.OK) {
        throw new IllegalStateException(text(what, call, cseq));
      }
      if (!builder.hasRoom(bytes.length)) {
        follow();
      }
      nanos += 100;
      envelope.captureNanos = nanos;
      envelope.arrivalNanos = nanos;
      boolean reply = (row[SipIndex.FLAGS] & SipIndex.FLAG_REPLY) != 0;
      long caller = IpAddress.lowOfIpv4(0x0a00_0000 + call);
      long callee = IpAddress.lowOfIpv4(0x0b00_0001);
      envelope.sourceLow = reply ? callee : caller;
      envelope.destinationLow = reply ? caller : callee;
      envelope.sourcePort = 5060;
      envelope.destinationPort = 5060;
      builder.add(RecordKind.MESSAGE, envelope, 0, bytes, 0, bytes.length, row);
    }

    private void follow() {
      SipBatch batch = builder.build(nanos, false);
      long start = cpuNanos();
      for (int record = 0; record < batch.size(); record++) {
        tracker.expect(batch, record);
        tracker.advance(batch.captureNanos(record));
        tracker.accept(batch, record);
      }
      spentNanos += cpuNanos() - start;
    }

    /** Other partitions may have the processor meanwhile. */
    private static long cpuNanos() {
      return THREADS.getCurrentThreadCpuTime();
    }

    private static String text(String what, int call, int cseq) {
      boolean reply = Character.isDigit(what.charAt(0));
      String method = reply ? what.substring(4) : what;
      String number = Integer.toString(call);
      String toTag = reply || cseq > 1 || method.equals("ACK") ? ";tag=as5f8e" + number : "";
      return (reply ? "SIP/2.0 " + what.substring(0, 3) + " Fine" : what + " sip:b@b SIP/2.0")
          + "\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK"
          + number
          + "-"
          + cseq
          + "\r\nFrom: <sip:+4930"
          + number
          + "@proxy1.example.com>;tag=gK"
          + number
          + "\r\nTo: <sip:+4989"
          + number
          + "@proxy2.example.net>"
          + toTag
          + "\r\nCall-ID: "
          + number
          + "-7f3a-4c1d-9be2-0a1b2c3d4e5f\r\nCSeq: "
          + cseq
          + " "
          + method
          + "\r\nContact: <sip:+4930"
          + number
          + "@192.0.2.10:5060>\r\nUser-Agent: Phone/1.0\r\nContent-Length: 0\r\n\r\n";
    }
  }
}
