package io.callscope.capture.file;

import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Openings and reads that may block, on a thread of their own, so that the source's can do
 * something meanwhile. While it does, the reader belongs to the other thread, which is made when it
 * is first needed. For the source's thread.
 */
final class WaitingReads {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingReads.class);
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
   * {@link PacketReader#open}, with a tick each 100 ms until it is done. An interrupt leaves it
   * behind, with its thread: nothing wakes who opens a named pipe that nobody writes to. What it
   * opens after all is closed.
   */
  PacketReader open(String file, Meanwhile meanwhile) throws IOException, InterruptedException {
    CompletableFuture<PacketReader> opening = new CompletableFuture<>();
    thread().execute(() -> open(file, opening));
    try {
      return await(opening, meanwhile);
    } catch (InterruptedException | RuntimeException e) {
      thread.shutdownNow(); // so that it reads nothing where somebody does write
      thread = null;
      var unused = opening.thenAccept(WaitingReads::close);
      throw e;
    }
  }

  private static void open(String file, CompletableFuture<PacketReader> opening) {
    try {
      opening.complete(PacketReader.open(file));
    } catch (Throwable e) { // whatever it is, somebody waits for it
      opening.completeExceptionally(e);
    }
  }

  private static void close(PacketReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      LOG.debug("a pipe that was opened too late", e);
    }
  }

  /**
   * {@link PacketReader#next}, with a tick each 100 ms until it is done. An interrupt closes the
   * file.
   */
  boolean next(PacketReader reader, Meanwhile meanwhile) throws IOException, InterruptedException {
    Future<Boolean> next = thread().submit(reader::next);
    try {
      return await(next, meanwhile);
    } finally {
      if (!next.isDone()) {
        end(); // before anybody else looks at the reader
      }
    }
  }

  private static <T> T await(Future<T> done, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return done.get(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        meanwhile.tick();
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private ExecutorService thread() {
    if (thread == null) {
      thread = Executors.newSingleThreadExecutor(this::daemon);
    }
    return thread;
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
