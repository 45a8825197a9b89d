package io.callscope.cluster;

import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Sbc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An SBC with a thread of its own, over which one short call after the other is made until it is
 * closed. When its collector is gone it connects anew, as SBCs do.
 */
final class CallingSbc implements AutoCloseable {
  static final String NAME = "sbc";
  private static final long PAUSE_MILLIS = 50;
  private static final long RETRY_MILLIS = 200;

  /**
   * TCP says that a message has left, not that it was read: what was sent so shortly before an end
   * may be lost.
   */
  private static final long UNSURE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int KEEP_ALIVE_SECONDS = 30;

  private final CallScript script = new CallScript(NAME, CallScript.Kind.UDP4, null, false);
  private final InetSocketAddress collector;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, NAME);
  private final List<Long> sentNanos = new ArrayList<>();
  private final List<Long> brokenNanos = new ArrayList<>();
  private int connections;

  CallingSbc(int port) {
    collector = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    thread.start();
  }

  private void run() {
    try {
      while (!closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        serve();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() throws InterruptedException {
    try (Sbc sbc = new Sbc(NAME, collector)) {
      sbc.connect(KEEP_ALIVE_SECONDS, false);
      connected();
      do {
        sbc.call(script, next(), System.currentTimeMillis() * 1_000_000);
      } while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      broken();
    }
  }

  private synchronized void connected() {
    connections++;
  }

  private synchronized long next() {
    sentNanos.add(System.nanoTime());
    return sentNanos.size() - 1L;
  }

  private synchronized void broken() {
    brokenNanos.add(System.nanoTime());
  }

  /** How often it was connected. */
  synchronized int connections() {
    return connections;
  }

  /** Calls so far. */
  synchronized int calls() {
    return sentNanos.size();
  }

  /** Call-IDs of those that the collector must have read, two of each. */
  synchronized List<String> certain() {
    List<String> certain = new ArrayList<>();
    for (int number = 0; number < sentNanos.size(); number++) {
      long sent = sentNanos.get(number);
      if (brokenNanos.stream()
          .noneMatch(broken -> broken >= sent && broken - sent < UNSURE_NANOS)) {
        certain.addAll(script.callIds(number));
      }
    }
    return certain;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
