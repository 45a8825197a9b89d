package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.ProcessState;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPortTest {
  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = Program.freePort();
    vertx.deployVerticle(new HealthVerticle("127.0.0.1", port)).await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({"STARTING, 503, starting", "READY, 200, ok", "STOPPING, 503, stopping"})
  void aProcessIsReadyFromItsStartToItsStop(ProcessState state, int status, String text)
      throws Exception {
    state.enter(vertx);
    assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(status);
    assertThat(ask("GET", "/health/ready").body()).isEqualTo(text + "\n");
    assertThat(ask("HEAD", "/health/ready").statusCode()).isEqualTo(status);
    assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/health/live").statusCode()).isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamedWithItsOptions() {
    Vertx other = Vertx.vertx(); // one Vert.x shares a port among its servers
    try {
      assertThatThrownBy(() -> other.deployVerticle(new HealthVerticle("127.0.0.1", port)).await())
          .hasMessageContaining("127.0.0.1:" + port + " (health_addr, health_port): ");
    } finally {
      other.close().await();
    }
  }
}
