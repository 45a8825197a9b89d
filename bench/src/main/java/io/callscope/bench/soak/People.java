package io.callscope.bench.soak;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Who looks at pages, follows events and puts messages in, all the time. */
final class People {
  private static final int VIEWERS = 20;
  private static final int MILLIS_BETWEEN_PAGES = 250;
  private static final int MILLIS_BETWEEN_MESSAGES = 100;
  private static final List<String> PAGES =
      List.of(
          "/",
          "/calls/list?n=100",
          "/calls/list?n=50&re=1[0-9]*@",
          "/api/v1/calls?n=100",
          "/regs/list?n=100",
          "/events?n=200",
          "/api/v1/events?n=100",
          "/evrateblst/list?n=100",
          "/counters?nz",
          "/stats/raw",
          "/ipfix/list",
          "/metrics",
          "/about");
  private final Subject subject;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
  private final List<InputStream> followed = new ArrayList<>();
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong injected = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong streamed = new AtomicLong();

  @SuppressWarnings("FutureReturnValueIgnored") // what fails is counted where it fails
  People(Subject subject) throws IOException, InterruptedException {
    this.subject = subject;
    for (int i = 0; i < VIEWERS; i++) {
      follow();
    }
    timer.scheduleWithFixedDelay(this::look, 0, MILLIS_BETWEEN_PAGES, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(this::inject, 0, MILLIS_BETWEEN_MESSAGES, TimeUnit.MILLISECONDS);
  }

  private void follow() throws IOException, InterruptedException {
    InputStream events = subject.open("/api/v1/events/stream?view=row");
    followed.add(events);
    Thread reader = new Thread(() -> drain(events), "viewer");
    reader.setDaemon(true);
    reader.start();
  }

  private void drain(InputStream events) {
    byte[] buffer = new byte[1 << 16];
    try {
      for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
        streamed.addAndGet(read);
      }
    } catch (IOException e) {
      if (!timer.isShutdown()) {
        failed.incrementAndGet();
      }
    }
  }

  private void look() {
    String page = PAGES.get((int) (pages.getAndIncrement() % PAGES.size()));
    count(() -> subject.status(page));
  }

  private void inject() {
    long number = injected.incrementAndGet();
    count(() -> subject.inject(message(number)));
  }

  private static String message(long number) {
    return """
        OPTIONS sip:soak@example.org SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bK%1$d
        From: <sip:a@example.org>;tag=%1$d
        To: <sip:soak@example.org>
        Call-ID: soak-%1$d@192.0.2.99
        CSeq: 1 OPTIONS
        Content-Length: 0

        """
        .formatted(number);
  }

  private interface Request {
    int status() throws IOException, InterruptedException;
  }

  private void count(Request request) {
    try {
      if (request.status() != 200) {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long pages() {
    return pages.get();
  }

  long injected() {
    return injected.get();
  }

  long failed() {
    return failed.get();
  }

  long streamedBytes() {
    return streamed.get();
  }

  /** Goes home, and waits for what is on its way. */
  void goHome() throws InterruptedException, IOException {
    timer.shutdown();
    if (!timer.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IOException("requests do not end");
    }
    for (InputStream events : followed) {
      events.close();
    }
  }
}
