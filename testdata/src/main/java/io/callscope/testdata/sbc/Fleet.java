package io.callscope.testdata.sbc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
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

  /** Most calls of an SBC that are going on at a time. */
  private static final int MOST_OPEN = 16;

  /** Networks for tests of devices (RFC 2544 appendix C.2.2) have so many with a third octet. */
  private static final int NETWORKS = 512;

  /** Faults that do not come at the end. */
  private static final Set<Fault> CLOCKS = EnumSet.of(Fault.CLOCK_OFF, Fault.CLOCK_BACK);

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
      feed(sbc, new CallScript(name, network(number, kind), kind, plan.only(), quality));
      if (plan.fault() != null && !CLOCKS.contains(plan.fault())) {
        end(sbc);
      }
    } catch (IOException e) {
      errors.add(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Parties of its own, as each SBC has: limits of events are by source address. */
  private static String network(int number, CallScript.Kind kind) {
    int own = number % NETWORKS;
    return kind.isIpv6()
        ? "2001:2:0:" + Integer.toHexString(own) + "::"
        : "198." + (18 + own / 256) + "." + own % 256 + ".";
  }

  private void end(Sbc sbc) throws IOException {
    sbc.fault(plan.fault());
    if (plan.fault() == Fault.STALL) {
      sbc.isClosedByCollector();
    }
  }

  private void feed(Sbc sbc, CallScript script) throws IOException, InterruptedException {
    double perNano = plan.recordsPerSecond() / plan.sbcs() / 1e9;
    long begun = System.nanoTime();
    long end = startNanos + (long) (plan.seconds() * 1e9);
    long middle = begun + (end - begun) / 2;
    boolean setBack = plan.fault() != Fault.CLOCK_BACK;
    long keepAlive = begun;
    Calls ofSbc = new Calls(script, openCalls(perNano * 1e9, script.messages()));
    for (long now = begun; now < end; now = System.nanoTime()) {
      if (now - keepAlive > KEEP_ALIVE_NANOS) {
        keepAlive = now;
        sbc.keepAlive();
      }
      if (!setBack && now >= middle) {
        setBack = true;
        sbc.fault(Fault.CLOCK_BACK);
      }
      long done = ofSbc.done;
      send(
          sbc,
          ofSbc,
          perNano == 0 ? done + 1000 : Math.min(done + 10_000, (long) ((now - begun) * perNano)));
      if (perNano != 0) {
        TimeUnit.NANOSECONDS.sleep(BURST_NANOS);
      }
    }
    ofSbc.beginNoMore();
    send(sbc, ofSbc, Long.MAX_VALUE);
  }

  /**
   * At a low rate fewer calls are open at a time, or the end of all would be most of what comes.
   */
  private static int openCalls(double perSecond, int messages) {
    return perSecond == 0
        ? MOST_OPEN
        : (int) Math.max(1, Math.min(MOST_OPEN, perSecond / messages));
  }

  private void send(Sbc sbc, Calls ofSbc, long upTo) throws IOException {
    sent.addAndGet(ofSbc.send(sbc, upTo));
    calls.addAndGet(ofSbc.takeEnded());
    sbc.flush();
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
