package io.callscope.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a running program for lists of its calls and tells how long each took, and how long
 * meanwhile a question of one call waited, which a partition answers at once between the turns of a
 * list: so long does traffic wait too. Loopback only.
 *
 * <pre>
 * java -cp bench/target/benchmarks.jar io.callscope.bench.Lists PORT [ROUNDS]
 * </pre>
 */
public final class Lists {
  private static final List<String> QUERIES =
      List.of(
          "?n=100",
          "?n=100&desc=1",
          "?n=100&s=99000",
          "?cid=00777",
          "?cid=nothing-like-it",
          "?state=established&desc=1",
          "?re=1&cid=7f3a.*0077%5B0-9%5D",
          "?re=1&cid=%5E%5B0-9%5D%7B4%7D.*%5Bab%5D%24",
          "?sort=cid",
          "?sort=from&desc=1",
          "?sort=to&s=10000",
          "?sort=client",
          "?sort=expires&desc=1",
          "?sort=messages",
          "?sort=from&cid=7f3a&n=1000",
          "?sort=status&s=19000&n=1000");

  private static final Pattern LONGEST_TURN = Pattern.compile("M: *(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean over;

  private Lists(int port) {
    base = "http://127.0.0.1:" + port;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Lists(Integer.parseInt(args[0])).run(args.length > 1 ? Integer.parseInt(args[1]) : 9);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Thread prober = new Thread(this::probe);
    prober.start();
    try {
      for (int round = 0; round < 3; round++) { // lets the compiler learn
        for (String query : QUERIES) {
          nanos("/calls/list" + query);
        }
      }
      System.out.println("| /calls/list | best ms | median | most | one call meanwhile, most |");
      System.out.println("|---|---|---|---|---|");
      for (String query : QUERIES) {
        report(query, rounds);
      }
      Matcher turn = LONGEST_TURN.matcher(text("/counters?counter=partition.turn_us&short=1"));
      System.out.println(
          "longest turn of the tracker: " + (turn.find() ? turn.group(1) : "?") + " µs");
    } finally {
      over = true;
      prober.join();
    }
  }

  private void report(String query, int rounds) throws IOException, InterruptedException {
    long[] took = new long[rounds];
    longestNanos.set(0);
    for (int i = 0; i < rounds; i++) {
      took[i] = nanos("/calls/list" + query);
    }
    Arrays.sort(took);
    System.out.printf(
        Locale.ROOT,
        "| `%s` | %.0f | %.0f | %.0f | %.1f |%n",
        query,
        took[0] / 1e6,
        took[rounds / 2] / 1e6,
        took[rounds - 1] / 1e6,
        longestNanos.get() / 1e6);
  }

  private void probe() {
    try {
      while (!over) {
        long took = nanos("/calls/none");
        longestNanos.accumulateAndGet(took, Math::max);
        Thread.sleep(1);
      }
    } catch (IOException e) {
      System.out.println("no longer answered: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String text(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private long nanos(String path) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).header("accept", "text/html").build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 500 || answer.statusCode() == 400) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return System.nanoTime() - start;
  }
}
