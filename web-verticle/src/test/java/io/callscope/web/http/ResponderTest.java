package io.callscope.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResponderTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Without a stack, since each is logged. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken() {
      super("broken, for this test", null, false, false);
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void pagesThatThrowKeepNoPlaceOfOthers() throws Exception {
    Responder responder =
        new Responder(null, vertx.createSharedWorkerExecutor("pages", 1), null, null);
    Router router = Router.router(vertx);
    router.route().failureHandler(responder::failed);
    router
        .route("/broken")
        .handler(
            context ->
                responder.answer(
                    context,
                    Form.TEXT,
                    null,
                    () -> {
                      throw new Broken();
                    }));
    Answer good = Answer.notice(200, "Good", List.of("good"));
    router
        .route("/good")
        .handler(
            context ->
                responder.answer(context, Form.TEXT, null, () -> Future.succeededFuture(good)));
    HttpServer server = vertx.createHttpServer().requestHandler(router).listen(0).await();
    for (int i = 0; i < 65; i++) {
      assertThat(status(server, "/broken")).isEqualTo(500);
    }
    assertThat(status(server, "/good")).isEqualTo(200);
  }

  @Test
  void aPageWithPlacesOfItsOwnTurnsAwayWhatItHasNoneFor() throws Exception {
    Responder responder =
        new Responder(null, vertx.createSharedWorkerExecutor("pages", 1), null, null);
    Places one = new Places(1);
    Answer good = Answer.notice(200, "Good", List.of("good"));
    Promise<Answer> slow = Promise.promise();
    CountDownLatch begun = new CountDownLatch(1);
    Router router = Router.router(vertx);
    router
        .route("/slow")
        .handler(
            context ->
                responder.answer(
                    context,
                    Form.TEXT,
                    one,
                    () -> {
                      begun.countDown();
                      return slow.future();
                    }));
    router
        .route("/other")
        .handler(
            context ->
                responder.answer(context, Form.TEXT, null, () -> Future.succeededFuture(good)));
    HttpServer server = vertx.createHttpServer().requestHandler(router).listen(0).await();
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return status(server, "/slow");
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(status(server, "/slow")).isEqualTo(503);
    assertThat(status(server, "/other")).isEqualTo(200);
    slow.complete(good);
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(status(server, "/slow")).as("the place is free again").isEqualTo(200);
  }

  private int status(HttpServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
