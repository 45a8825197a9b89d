package io.callscope.web;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.config.EffectiveSetting;
import io.callscope.web.http.Routes;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A web server on a bus of its own with fakes of all other services, and a client of it. */
public final class TestSite implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final FakeServices services = new FakeServices(vertx);
  public final FakeControls controls = new FakeControls(vertx);
  private final HttpClient client = HttpClient.newHttpClient();
  private final int partitions;
  private WebVerticle web;

  public TestSite(int partitions) {
    this.partitions = partitions;
    BusCodecs.register(vertx.eventBus());
  }

  /** Starts the server; the services of a test stand before. */
  public void start() {
    start(ProcessName.ALONE);
  }

  /** Starts the server as a process of a cluster. */
  void start(ProcessName process) {
    web =
        new WebVerticle(
            new WebConfig(
                "127.0.0.1",
                0,
                10,
                partitions,
                List.of(
                    new EffectiveSetting("http_port", "8080", "command line"),
                    new EffectiveSetting("reg_del_delay", "0", "default"),
                    new EffectiveSetting("evr_limits", "20.0 240.0 3600.0", "default"),
                    new EffectiveSetting("event_types_blst", "", "default"),
                    new EffectiveSetting("tcp_gc_int", "30s", "default")),
                "0.1",
                "callscope -http_port 8080",
                System.nanoTime(),
                ServerConfig.PLAIN,
                SecurityConfig.OPEN,
                process));
    vertx.deployVerticle(web).await();
  }

  /** All paths, once it is started. */
  Routes routes() {
    return web.routes();
  }

  public int port() {
    return web.port();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
            .timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers));
  }

  public HttpResponse<String> html(String path) throws Exception {
    return get(path, "Accept", "text/html");
  }

  public JsonObject json(String path) throws Exception {
    return new JsonObject(get(path, "Accept", "application/json").body());
  }

  /** A form as a browser sends it from our own page. */
  public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(
        request(path, headers)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return send(request(path).header("content-type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
