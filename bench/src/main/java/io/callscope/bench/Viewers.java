package io.callscope.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many people before the pages: each follows the stream of events as the live page does and opens a
 * page now and then. Tells how long pages took, and of the processors how much the program took a
 * message and how much these viewers. Loopback only; ends by itself.
 *
 * <pre>
 * java -cp bench/target/benchmarks.jar io.callscope.bench.Viewers PORT VIEWERS SECONDS PID
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is counted where it is used
public final class Viewers {
  private static final List<String> PAGES =
      List.of("/", "/calls/list", "/events", "/counters?nz", "/api/v1/calls?n=100");
  private static final int PAGE_EVERY_MILLIS = 10_000;

  /** CPU time in which the program compiles what it needs; it does not count. */
  private static final int WARM_UP_MILLIS = 15_000;

  private static final Pattern PARSED = Pattern.compile("parse_ok *: *(\\d+)");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;
  private final LongAdder streamed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

  private final long pid;

  private Viewers(int port, long pid) {
    base = "http://127.0.0.1:" + port;
    this.pid = pid;
  }

  /**
   * How far everything is.
   *
   * @param messages that the program has parsed
   * @param program CPU ms
   * @param viewers CPU ms
   */
  private record Reading(long nanos, long messages, long program, long viewers) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int count = Math.min(Integer.parseInt(args[1]), 500);
    int seconds = Math.min(Integer.parseInt(args[2]), 600);
    new Viewers(Integer.parseInt(args[0]), Long.parseLong(args[3])).run(count, seconds);
  }

  private void run(int count, int seconds) throws IOException, InterruptedException {
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
    while (cpuMillis(pid) < WARM_UP_MILLIS) {
      Thread.sleep(100);
    }
    Reading before = read();
    micros.clear();
    streamed.reset();
    Thread.sleep(seconds * 1000L);
    List<Long> sorted = micros.stream().sorted().toList();
    long bytes = streamed.sum();
    Reading after = read();
    timer.shutdownNow();
    report(count, before, after);
    System.out.printf(
        Locale.ROOT,
        "%d pages, p50 %.1f ms, p99 %.1f ms, most %.1f ms, %d failed; %.0f KiB/s streamed%n",
        sorted.size(),
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1),
        failed.sum(),
        bytes / 1024.0 / seconds);
    System.exit(0);
  }

  private static void report(int count, Reading before, Reading after) {
    double wall = (after.nanos - before.nanos) / 1e9;
    long messages = after.messages - before.messages;
    System.out.printf(
        Locale.ROOT,
        "%d viewers, %.1f s: %.0f k messages/s; CPU: program %.2f s, %.2f µs a message; viewers %.2f s%n",
        count,
        wall,
        messages / wall / 1e3,
        (after.program - before.program) / 1e3,
        (after.program - before.program) * 1e3 / messages,
        (after.viewers - before.viewers) / 1e3);
  }

  /** At the moment when new figures come, which is once a second. */
  private Reading read() throws IOException, InterruptedException {
    long stale = messages();
    long now;
    do {
      Thread.sleep(5);
      now = messages();
    } while (now == stale);
    return new Reading(
        System.nanoTime(), now, cpuMillis(pid), cpuMillis(ProcessHandle.current().pid()));
  }

  /** Asks until it is answered: it may be busy. */
  private long messages() throws IOException, InterruptedException {
    HttpRequest request = request("/counters?counter=pkt_stats.parse_ok&short=1&format=text");
    Matcher found;
    do {
      String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      found = PARSED.matcher(text);
    } while (!found.find());
    return Long.parseLong(found.group(1));
  }

  /** User and system time, in ticks of a hundredth of a second: proc(5). */
  private static long cpuMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
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
