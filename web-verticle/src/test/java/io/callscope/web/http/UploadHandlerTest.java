package io.callscope.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadHandlerTest {
  private static final int MOST_BYTES = 3_000_000;

  private final Vertx vertx = Vertx.vertx();
  private WorkerExecutor workers;
  @TempDir private Path directory;

  @BeforeEach
  void start() {
    workers = vertx.createSharedWorkerExecutor("uploads");
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Answers with names and sizes of the files; in the order of its handlers as the site's. */
  private int serve(UploadHandler.NewFile newFile) {
    Router router = Router.router(vertx);
    router.route().handler(new UploadHandler(newFile, workers, MOST_BYTES, () -> {}));
    router
        .route()
        .handler(
            context -> {
              StringBuilder text = new StringBuilder();
              for (Upload upload : UploadHandler.of(context)) {
                text.append(upload.name()).append(' ').append(upload.bytes()).append('\n');
                text.append(Path.of(upload.file()).toFile().length()).append('\n');
              }
              context.end(text + context.request().getFormAttribute("times"));
            });
    router.errorHandler(
        507, context -> context.response().setStatusCode(507).end(context.failure().getMessage()));
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  private static HttpResponse<String> post(int port, int bytes) throws Exception {
    return post(port, bytes, HttpRequest.BodyPublishers::ofString);
  }

  private static HttpResponse<String> post(
      int port, int bytes, Function<String, HttpRequest.BodyPublisher> publisher) throws Exception {
    String part = "--b\r\nContent-Disposition: form-data; name=\"";
    String body =
        part
            + "times\"\r\n\r\nnow\r\n"
            + part
            + "capture\"; filename=\"a.pcap\"\r\n\r\n"
            + "x".repeat(bytes)
            + "\r\n"
            + part
            + "other\"; filename=\"b.pcap\"\r\n\r\n\r\n--b--\r\n";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .version(HttpClient.Version.HTTP_1_1)
            .expectContinue(bytes > 2_000_000 && bytes < MOST_BYTES)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(publisher.apply(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Path file() throws IOException {
    return Files.createTempFile(directory, "u", "");
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** The answer may come before they are gone. */
  private void assertNothingIsLeft() throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!left().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2500000"})
  void filesAreThereWholeUntilTheAnswer(int bytes) throws Exception {
    HttpResponse<String> answer = post(serve(this::file), bytes);
    assertThat(answer.body()).isEqualTo("a.pcap " + bytes + "\n" + bytes + "\nb.pcap 0\n0\nnow");
    assertNothingIsLeft();
  }

  @Test
  void tooLargeOnesAreRefused() throws Exception {
    assertThat(post(serve(this::file), MOST_BYTES).statusCode()).isEqualTo(413);
    assertThat(left()).isEmpty();
  }

  @Test
  void oneThatBecomesTooLargeIsRefusedAndGone() throws Exception {
    int port = serve(this::file);
    HttpResponse<String> answer =
        post(
            port,
            MOST_BYTES + 100_000,
            body ->
                HttpRequest.BodyPublishers.ofInputStream( // in chunks, without a length
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII))));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertNothingIsLeft();
  }

  @Test
  void aFullDiskIsSaidAtOnce() throws Exception {
    int port = serve(() -> Files.createSymbolicLink(directory.resolve("f"), Path.of("/dev/full")));
    HttpResponse<String> answer = post(port, 1_000_000);
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.body()).contains("no room");
    assertNothingIsLeft();
  }

  @Test
  void soIsAMissingDirectory() throws Exception {
    Path gone = directory.resolve("gone");
    assertThat(post(serve(() -> Files.createTempFile(gone, "u", "")), 10).statusCode())
        .isEqualTo(507);
  }
}
