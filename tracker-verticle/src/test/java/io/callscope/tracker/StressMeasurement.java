package io.callscope.tracker;

import io.callscope.bus.EventBatch;
import io.callscope.bus.EventType;
import io.callscope.bus.SipBatch;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.partition.Partition;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import java.util.SplittableRandom;

/**
 * What tables at their limits do to throughput, and how long one batch may hold the thread. Only
 * the time in the partition counts, not that of making messages. Run by hand:
 *
 * <pre>
 * java -Xmx6g -cp … io.callscope.tracker.StressMeasurement calls 5000000
 * java -Xmx3g -cp … io.callscope.tracker.StressMeasurement timers 1000000
 * java -Xmx3g -cp … io.callscope.tracker.StressMeasurement limit 500000
 * java -Xmx3g -cp … io.callscope.tracker.StressMeasurement rates 1048576
 * </pre>
 */
public final class StressMeasurement {
  private static final int MESSAGE_BYTES = 600;

  private final Feed feed = new Feed("stress");
  private final Partition partition;
  private long nowNanos = Traffic.EPOCH;
  private long messages;
  private long spentNanos;
  private long longestNanos;
  private long events;

  private StressMeasurement(CallSettings settings) {
    partition = new Partition(0, settings, 0);
  }

  public static void main(String[] args) throws InterruptedException {
    int count = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "calls" -> calls(count);
      case "timers" -> timers(count);
      case "limit" -> limit(count);
      case "rates" -> rates(count);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void calls(int count) throws InterruptedException {
    StressMeasurement run = new StressMeasurement(new CallSettings());
    run.warmUp();
    for (int i = 0; i < count; i++) {
      run.answered(i, 1000);
      if ((i + 1) % (count / 5) == 0) {
        run.report("calls, " + (i + 1) + " open");
      }
    }
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
    }
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap in use after a full collection %,d MiB of %,d; %s%n",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20,
        run.partition.query().callTable());
  }

  private static void timers(int count) {
    StressMeasurement run = new StressMeasurement(new CallSettings());
    run.warmUp();
    long fillNanos = run.nowNanos;
    for (int i = 0; i < count; i++) {
      run.unanswered(i, 10_000);
    }
    run.report("filling, " + count + " timers");
    int next = count;
    for (int i = 0; i < count; i++) {
      run.answered(next++, 10_000);
    }
    run.report("before they expire");
    // The first INVITE is due after 120 s, and from then on one with each message.
    run.nowNanos = fillNanos + 119_990_000_000L;
    run.flush();
    run.spentNanos = 0;
    for (int i = 0; i < count / 2; i++) {
      run.answered(next++, 10_000);
    }
    run.report("while they expire");
  }

  private static void limit(int count) {
    StressMeasurement run = new StressMeasurement(new CallSettings().callLimits(count, 0));
    run.warmUp();
    int next = 0;
    for (int i = 0; i < count; i++) {
      run.unanswered(next++, 1000);
    }
    run.report("below the limit");
    for (int i = 0; i < count; i++) {
      run.unanswered(next++, 1000);
    }
    run.report("at the limit");
    System.out.println(run.partition.query().callTable());
  }

  private static void rates(int count) {
    RateCounters counters = new RateCounters();
    RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
    SplittableRandom random = new SplittableRandom(1);
    long nanos = Traffic.EPOCH;
    int part = count / 4;
    for (int i = 0; i < 8; i++) {
      long start = System.nanoTime();
      long longest = 0;
      for (int n = 0; n < part; n++) {
        nanos += 10_000;
        long before = System.nanoTime();
        limiter.advance(nanos);
        limiter.check(EventType.MSG_PROBE, random.nextLong(), n, nanos);
        longest = Math.max(longest, System.nanoTime() - before);
      }
      System.out.printf(
          "rates, %s entries: %,d events/s, longest %.2f ms%n",
          limiter.query().figures().get("entries"),
          part * 1_000_000_000L / (System.nanoTime() - start),
          longest / 1e6);
    }
  }

  /** Lets the compiler learn the rules, on calls that are then forced to end. */
  private void warmUp() {
    for (int i = 0; i < 100_000; i++) {
      answered(-1 - i, 1000);
    }
    flush();
    partition.forceTimeouts(0).step(Integer.MAX_VALUE);
    nowNanos += 60_000_000_000L;
    flush();
    messages = 0;
    spentNanos = 0;
    longestNanos = 0;
    events = 0;
  }

  private long entries() {
    return ((Number) partition.query().callTable().get("entries")).longValue();
  }

  private void unanswered(int number, long stepNanos) {
    add(Dialog.call(number).request("INVITE", "", 1), stepNanos);
  }

  private void answered(int number, long stepNanos) {
    Dialog call = Dialog.call(number);
    add(call.request("INVITE", "", 1), stepNanos);
    add(call.reply(200, "INVITE", "as5f8e0c1b", 1), stepNanos);
  }

  private void add(Traffic.Message message, long stepNanos) {
    if (!feed.hasRoom(MESSAGE_BYTES)) {
      flush();
    }
    nowNanos += stepNanos;
    feed.add(message, nowNanos);
    messages++;
  }

  private void flush() {
    SipBatch batch = feed.build(nowNanos);
    long start = System.nanoTime();
    partition.accept(batch, nowNanos);
    EventBatch raised = partition.takeEvents();
    long took = System.nanoTime() - start;
    spentNanos += took;
    longestNanos = Math.max(longestNanos, took);
    events += raised == null ? 0 : raised.events().size();
  }

  private void report(String what) {
    flush();
    System.out.printf(
        "%s: %,d messages/s, %,d events, longest batch %.1f ms, %,d entries%n",
        what, messages * 1_000_000_000L / spentNanos, events, longestNanos / 1e6, entries());
    messages = 0;
    spentNanos = 0;
    longestNanos = 0;
    events = 0;
  }
}
