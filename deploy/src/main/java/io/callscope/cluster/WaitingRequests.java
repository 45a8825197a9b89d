package io.callscope.cluster;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Requests of one partition that Hazelcast has only in a form that waits. While it hangs they are
 * given up and made again, so there are few threads for them, and of those that wait for a thread
 * the ones that were given up are never made. For any thread.
 */
final class WaitingRequests {
  static final int THREADS = 2;
  static final int MOST_QUEUED = 16;
  private static final long IDLE_SECONDS = 10;

  private final long patienceMillis;
  private final ThreadPoolExecutor threads;

  /**
   * @param patienceMillis a request fails that takes longer
   */
  WaitingRequests(int partition, long patienceMillis) {
    this.patienceMillis = patienceMillis;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_QUEUED),
            task -> {
              Thread thread = new Thread(task, "state-store-" + partition);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  <T> CompletionStage<T> ask(Callable<T> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> make(request, answer));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(e);
    }
    return answer.orTimeout(patienceMillis, TimeUnit.MILLISECONDS);
  }

  private static <T> void make(Callable<T> request, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(request.call());
    } catch (Exception e) { // whatever it is, the partition asks again
      answer.completeExceptionally(e);
    }
  }
}
