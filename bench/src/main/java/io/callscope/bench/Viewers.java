package io.callscope.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many people before the pages: each follows the stream of events as the live page does and opens a
 * page now and then. Tells how long pages took. Loopback only; ends by itself.
 *
 * <pre>
 * java -cp bench/target/benchmarks.jar io.callscope.bench.Viewers PORT [VIEWERS [SECONDS]]
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is counted where it is used
public final class Viewers {
  private static final List<String> PAGES =
      List.of("/", "/calls/list", "/events", "/counters?nz", "/api/v1/calls?n=100");
  private static final int PAGE_EVERY_MILLIS = 10_000;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;
  private final LongAdder streamed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

  private Viewers(int port) {
    base = "http://127.0.0.1:" + port;
  }

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    int count = args.length > 1 ? Math.min(Integer.parseInt(args[1]), 500) : 200;
    int seconds = args.length > 2 ? Math.min(Integer.parseInt(args[2]), 600) : 30;
    new Viewers(port).run(count, seconds);
  }

  private void run(int count, int seconds) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      follow();
    }
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    for (int i = 0; i < count; i++) {
      int viewer = i;
      timer.scheduleAtFixedRate(
          () -> open(PAGES.get(viewer % PAGES.size())),
          (long) i * PAGE_EVERY_MILLIS / count,
          PAGE_EVERY_MILLIS,
          TimeUnit.MILLISECONDS);
    }
    Thread.sleep(seconds * 1000L);
    timer.shutdownNow();
    List<Long> sorted = micros.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%d viewers, %d s: %d pages, p50 %.1f ms, p99 %.1f ms, most %.1f ms, %d failed; "
            + "%.0f KiB/s streamed%n",
        count,
        seconds,
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        failed.sum(),
        streamed.sum() / 1024.0 / seconds);
    System.exit(0);
  }

  private static double at(List<Long> sorted, double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()));
    return sorted.get(index) / 1e3;
  }

  private void follow() {
    client
        .sendAsync(
            request("/api/v1/events/stream?view=row"), HttpResponse.BodyHandlers.ofInputStream())
        .thenAccept(
            answer -> {
              Thread reader = new Thread(() -> drain(answer.body()));
              reader.setDaemon(true);
              reader.start();
            });
  }

  private void drain(InputStream body) {
    byte[] buffer = new byte[1 << 16];
    try {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        streamed.add(read);
      }
    } catch (IOException e) {
      // The server ended; what came before counts.
      failed.increment();
    }
  }

  private void open(String path) {
    long start = System.nanoTime();
    client
        .sendAsync(request(path), HttpResponse.BodyHandlers.discarding())
        .whenComplete(
            (answer, cause) -> {
              if (cause != null || answer.statusCode() != 200) {
                failed.increment();
              }
              micros.add((System.nanoTime() - start) / 1000);
            });
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("accept", "text/html")
        .timeout(Duration.ofMinutes(10))
        .build();
  }
}
