package io.callscope.capture.file;

import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads that may block, on a thread of their own, so that the source's can do something meanwhile.
 * While it does, the reader belongs to the other thread, which is made when it is first needed. For
 * the source's thread.
 */
final class WaitingReads {
  private static final long PERIOD_MILLIS = 100;

  /** A read ends at once when it is interrupted; what cannot be is left behind. */
  private static final long END_MILLIS = 1000;

  private final String name;
  private ExecutorService thread;

  /** What to do while a read waits. */
  @FunctionalInterface
  interface Meanwhile {
    void tick() throws InterruptedException;
  }

  /**
   * @param name of the source
   */
  WaitingReads(String name) {
    this.name = name;
  }

  /**
   * {@link PacketReader#next}, with a tick each 100 ms until it is done. An interrupt closes the
   * file.
   */
  boolean next(PacketReader reader, Meanwhile meanwhile) throws IOException, InterruptedException {
    if (thread == null) {
      thread = Executors.newSingleThreadExecutor(this::daemon);
    }
    Future<Boolean> next = thread.submit(reader::next);
    try {
      return await(next, meanwhile);
    } finally {
      if (!next.isDone()) {
        end(); // before anybody else looks at the reader
      }
    }
  }

  private static boolean await(Future<Boolean> next, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return next.get(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        meanwhile.tick();
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private Thread daemon(Runnable work) {
    Thread daemon = new Thread(work, "callscope-" + name + "-pipe");
    daemon.setDaemon(true);
    return daemon;
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof IOException failed) {
      return failed;
    }
    throw new IllegalStateException(cause);
  }

  /** Ends the thread, and a read that still waits. */
  void end() {
    if (thread == null) {
      return;
    }
    thread.shutdownNow();
    try {
      thread.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }
}
