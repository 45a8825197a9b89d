package io.callscope.testdata.sbc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many SBCs at once, each with a thread and calls of its own, that together send so many records a
 * second. While the collector does not read, they wait, and are behind afterwards.
 */
public final class Fleet {
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Calls of an SBC that are going on at a time. */
  private static final int OPEN_CALLS = 16;

  private final Plan plan;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final long startNanos = System.nanoTime();

  /**
   * What they do.
   *
   * @param sbcs how many there are
   * @param recordsPerSecond of all together; 0 for as many as they can
   * @param seconds how long
   * @param only one direction is reported; null for both
   * @param fault what each does in the end, or null
   */
  public record Plan(
      InetSocketAddress collector,
      String name,
      int sbcs,
      double recordsPerSecond,
      double seconds,
      List<CallScript.Kind> kinds,
      FeedMessage.Direction only,
      boolean quality,
      boolean old,
      int keepAliveSeconds,
      Fault fault) {}

  public Fleet(Plan plan) {
    this.plan = plan;
  }

  /** Runs all of them to the end. */
  public void run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < plan.sbcs(); i++) {
      int number = i;
      Thread thread = new Thread(() -> run(number), "sbc-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(int number) {
    String name = plan.name() + number;
    try (Sbc sbc = new Sbc(name, plan.collector())) {
      Sbc.Answer answer = sbc.connect(plan.keepAliveSeconds(), plan.old());
      if (plan.fault() == Fault.CLOCK_OFF) {
        sbc.fault(Fault.CLOCK_OFF);
      }
      CallScript.Kind kind = plan.kinds().get(number % plan.kinds().size());
      boolean quality = plan.quality() && answer.flags() != 0;
      feed(sbc, new CallScript(name, kind, plan.only(), quality));
      if (plan.fault() != null && plan.fault() != Fault.CLOCK_OFF) {
        sbc.fault(plan.fault());
        if (plan.fault() == Fault.STALL) {
          sbc.isClosedByCollector();
        }
      }
    } catch (IOException e) {
      errors.add(name + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void feed(Sbc sbc, CallScript script) throws IOException, InterruptedException {
    double perNano = plan.recordsPerSecond() / plan.sbcs() / 1e9;
    long end = startNanos + (long) (plan.seconds() * 1e9);
    long keepAlive = System.nanoTime();
    long done = 0;
    long begun = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      if (now >= end) {
        break;
      }
      if (now - keepAlive > KEEP_ALIVE_NANOS) {
        keepAlive = now;
        sbc.keepAlive();
      }
      long due =
          perNano == 0 ? done + 1000 : Math.min(done + 10_000, (long) ((now - begun) * perNano));
      done += messages(sbc, script, done, due);
      sbc.flush();
      if (perNano != 0) {
        TimeUnit.NANOSECONDS.sleep(BURST_NANOS);
      }
    }
    // So that no call stays open.
    long calls = OPEN_CALLS * (long) script.messages();
    done += messages(sbc, script, done, (done + calls - 1) / calls * calls);
    sbc.flush();
  }

  /** Sends the messages from one to another; those of the calls of a round take turns. */
  private long messages(Sbc sbc, CallScript script, long from, long to) throws IOException {
    long nanos = System.currentTimeMillis() * 1_000_000;
    long round = OPEN_CALLS * (long) script.messages();
    for (long i = from; i < to; i++) {
      long inRound = i % round;
      int step = (int) (inRound / OPEN_CALLS);
      long call = i / round * OPEN_CALLS + inRound % OPEN_CALLS;
      sbc.send(script, step, call, nanos);
      if (step == script.messages() - 1) {
        calls.incrementAndGet();
      }
    }
    sent.addAndGet(Math.max(0, to - from));
    return Math.max(0, to - from);
  }

  /** Records sent so far. */
  public long sent() {
    return sent.get();
  }

  /** Calls that have ended. */
  public long calls() {
    return calls.get();
  }

  /** What went wrong at the SBCs, a line each. */
  public List<String> errors() {
    return List.copyOf(errors);
  }
}
