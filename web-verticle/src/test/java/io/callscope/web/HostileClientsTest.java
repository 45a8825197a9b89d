package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that are broken, too large or too slow: refused, and others are still served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {
  private static final int MAX_CONNECTIONS = 300;
  private static final long PATIENCE_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private Path temporary;
  private WebVerticle web;
  private int port;

  @BeforeAll
  void start(@TempDir Path directory) {
    temporary = directory;
    vertx.exceptionHandler(faults::add);
    BusCodecs.register(vertx.eventBus());
    new FakeServices(vertx).partition(0, FakeServices.call("0-1", "a@h", 1));
    String tmpdir = System.setProperty("java.io.tmpdir", temporary.toString());
    web =
        new WebVerticle(
            new WebConfig(
                "127.0.0.1",
                0,
                10,
                1,
                List.of(),
                "0",
                "callscope",
                System.nanoTime(),
                new ServerConfig("", "", MAX_CONNECTIONS, PATIENCE_MILLIS, false),
                SecurityConfig.OPEN,
                ProcessName.ALONE));
    System.setProperty("java.io.tmpdir", tmpdir);
    vertx.deployVerticle(web).await();
    port = web.port();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  private void assertServed() throws IOException {
    assertThat(RawHttp.status(RawHttp.get(port, "/about"))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../templates/layout.hbs",
        "/assets/%2e%2e/templates/layout.hbs",
        "/assets/..%2ftemplates%2flayout.hbs",
        "/assets/..%5ctemplates%5clayout.hbs",
        "/assets/....//templates/layout.hbs",
        "//etc/passwd",
        "/../../../../etc/passwd",
        "/assets/",
        "/templates/layout.hbs",
        "/io/callscope/web/templates/layout.hbs",
        "/WEB-INF/web.xml",
      })
  void noPathLeadsOutOfTheAssets(String path) throws Exception {
    String answer = RawHttp.get(port, path);
    assertThat(RawHttp.status(answer)).isIn(400, 404);
    assertThat(answer).doesNotContain("<!doctype", "root:", "{{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/calls/%zz", "/calls/a%00b", "/events?cid=%", "/events?%00=1"})
  void brokenTargetsAreBadRequests(String target) throws Exception {
    String answer = RawHttp.get(port, target);
    assertThat(RawHttp.status(answer)).isEqualTo(400);
    assertThat(answer).contains("ERROR: ", "content-security-policy", "nosniff");
  }

  @Test
  void tooLongTargetsAndHeadsAreRefused() throws Exception {
    assertThat(RawHttp.status(RawHttp.get(port, "/events?cid=" + "x".repeat(20_000))))
        .isIn(400, 414);
    assertThat(RawHttp.status(RawHttp.get(port, "/about", "X-Big: " + "x".repeat(20_000))))
        .isIn(400, 431);
    assertServed();
  }

  @ParameterizedTest
  @CsvSource({"/counters,413", "/events,413"})
  void tooLargeBodiesAreRefused(String path, int status) throws Exception {
    String head = post(path, "Content-Length: 100000000");
    String announced = RawHttp.send(port, head);
    assertThat(RawHttp.status(announced)).as("announced").isEqualTo(status);
    assertServed();
  }

  /** The head of a form. */
  private static String post(String path, String header) {
    String type = "Connection: close\r\nContent-Type: application/x-www-form-urlencoded";
    return String.join(
        "\r\n", "POST " + path + " HTTP/1.1", "Host: localhost", type, header, "", "");
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      write(socket, post("/counters", "Transfer-Encoding: chunked"));
      String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
      boolean open = true;
      long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (open && System.nanoTime() < deadlineNanos) {
        try {
          write(socket, chunk);
        } catch (IOException e) {
          open = false;
        }
      }
      assertThat(open).as("still open after 20 s").isFalse();
    }
    assertServed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/9.9\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzzzzz",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      })
  void whatIsNoRequestIsRefused(String bytes) throws Exception {
    String answer = RawHttp.send(port, bytes);
    assertThat(answer.isEmpty() || RawHttp.status(answer) >= 400).as(answer).isTrue();
    assertServed();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS,/events,204,'GET, HEAD'",
    "OPTIONS,/counters,204,'GET, HEAD, POST'",
    "TRACE,/events,405,'GET, HEAD'",
    "PUT,/events,405,'GET, HEAD'",
    "POST,/events,405,'GET, HEAD'",
    "OPTIONS,/nothing,405,'GET, HEAD'",
  })
  void otherMethodsAreToldWhatIsAllowed(String method, String path, int status, String allow)
      throws Exception {
    String answer =
        RawHttp.send(
            port,
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: 0\r\n\r\n");
    assertThat(RawHttp.status(answer)).isEqualTo(status);
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("allow: " + allow.toLowerCase(Locale.ROOT));
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      while (in.available() > 0) {
        in.read();
      }
      write(socket, "x");
      return in.available() == 0 && in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Each sends a byte now and then, so that no connection is ever idle. */
  @Test
  void slowClientsAreClosedWhileOthersAreServed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(1);
        write(
            socket,
            switch (i % 4) {
              case 0 -> "G";
              case 1 -> "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
              case 2 ->
                  "POST /counters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n";
              default -> "GET /about HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ab";
            });
        slow.add(socket);
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      List<Socket> open = new ArrayList<>(slow);
      while (!open.isEmpty()) {
        assertThat(System.nanoTime()).as(open.size() + " are open").isLessThan(deadline);
        assertServed();
        for (Socket socket : List.copyOf(open)) {
          if (isClosed(socket)) {
            open.remove(socket);
          }
        }
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** One line of log each would fill disks; they are counted. */
  @ParameterizedTest
  @CsvSource({
    "GET,/health/live,text/plain",
    "POST,/counters,application/x-www-form-urlencoded",
    "POST,/inject,multipart/form-data; boundary=b",
    "POST,/inject,application/x-www-form-urlencoded"
  })
  void aBrokenBodyIsRefusedWithoutALogOfIt(String method, String path, String type)
      throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    lines.start();
    root.addAppender(lines);
    try {
      String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type;
      String answer =
          RawHttp.send(port, head + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
      assertThat(RawHttp.status(answer)).as(answer).isIn(0, 400);
      assertServed();
    } finally {
      root.detachAppender(lines);
    }
    assertThat(List.copyOf(lines.list))
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
    assertThat(faults).isEmpty();
  }

  private static Socket upload(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(1);
    String head =
        """
        POST /inject HTTP/1.1
        Host: localhost
        Content-Length: 5000000
        Content-Type: multipart/form-data; boundary=b

        --b
        Content-Disposition: form-data; name="capture"; filename="c.pcap"

        """
            .replace("\n", "\r\n");
    write(socket, head + "x".repeat(300_000));
    return socket;
  }

  private static void until(Callable<Boolean> done) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!done.call()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Files of uploads that the server has now. */
  private long uploadedFiles() throws IOException {
    long files = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, "callscope-private-*")) {
      for (Path one : all) {
        try (Stream<Path> in = Files.list(one)) {
          files += in.filter(file -> file.toString().endsWith(".pcap")).count();
        }
      }
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void uploadsThatBreakOffOrStallAreNoFaults(boolean breakOff) throws Exception {
    List<Socket> uploads = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        uploads.add(upload(port));
      }
      until(() -> uploadedFiles() == 12);
      if (breakOff) {
        for (Socket socket : uploads) {
          socket.close();
        }
      } else {
        for (Socket socket : uploads) {
          until(() -> isClosed(socket));
        }
      }
      until(() -> uploadedFiles() == 0);
      assertServed();
      assertThat(faults).isEmpty();
    } finally {
      for (Socket socket : uploads) {
        socket.close();
      }
    }
  }

  @Test
  void moreConnectionsThanThereMayBeMakeRoomForEachOther() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_CONNECTIONS + 50; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertServed();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  /** Reads nothing of large answers; the server must not keep them for ever. */
  @Test
  void whoDoesNotTakeAnswersIsClosed() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(20_000);
      String style = RawHttp.get(port, "/", "Accept: text/html").split("\"/assets/", -1)[2];
      String path = "/assets/" + style.substring(0, style.indexOf('"'));
      write(socket, ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(100));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      boolean open = true;
      while (open) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        try {
          write(socket, "\r\n");
        } catch (IOException e) {
          open = false;
        }
      }
    }
    assertServed();
  }
}
