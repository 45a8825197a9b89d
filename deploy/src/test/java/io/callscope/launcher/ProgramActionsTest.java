package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators change in one real run, and what they put in by hand. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProgramActionsTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.net SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.77:5060;branch=z9hG4bKinject
      From: <sip:alice@example.com>;tag=by-hand
      To: <sip:bob@example.net>
      Call-ID: by-hand@192.0.2.77
      CSeq: 1 INVITE
      """;

  @TempDir static Path folder;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Program program;
  private static int port;

  @BeforeAll
  static void replay() throws Exception {
    port = Program.freePort();
    program =
        new Program(folder)
            .start(
                "-pcap",
                Program.DEMO.toString(),
                "-http_port",
                "" + port,
                "-partitions",
                "2",
                "-run_forever");
    program.awaitReport();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(port, path, "application/json").body());
  }

  private static JsonObject post(String path, String form) throws Exception {
    return new JsonObject(
        send(path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8))
            .body());
  }

  private static HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
            .header("content-type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static long counter(String name) throws Exception {
    return json("/debug/vars").getLong(name, 0L);
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/timeout, inv_bye_seen=9s, callTimeouts.inv_bye_seen, 9",
    "/regs/cfg, reg_del_delay=3, registrations.regDelDelay, 3",
    "/events/blst, msg-probe=1, dropped, '[\"msg-probe\"]'",
    "/evrateblst/rates, rate1=77, rates.limits, '[20.0,77.0,3600.0]'",
    "/evrateblst/gccfg1, evr_gc_target=11, collection.target, 11",
    "/evrateblst/gccfg2, light_gc_target=500, pressure.lightTarget, 500",
    "/debug/options, parse_log_level=0, logging.parse_log_level, 0",
    "/tcp/timeouts, tcp_reorder_timeout=5s, tcp_reorder_timeout, 5s",
  })
  @Order(1)
  void whatIsSetHoldsAfterwards(String path, String form, String field, String value)
      throws Exception {
    JsonObject made = post(path, form);
    assertThat(made.getJsonArray("errors")).as("errors of %s", made).isNull();
    assertThat(made.getJsonArray("outcomes")).isNotEmpty();
    JsonObject now = json("/api/v1" + path);
    String[] names = field.split("\\.", -1);
    Object held =
        names.length == 1 ? now.getValue(field) : now.getJsonObject(names[0]).getValue(names[1]);
    assertThat(String.valueOf(held)).isEqualTo(value);
  }

  @Test
  @Order(2)
  void anInjectedMessageBecomesACall() throws Exception {
    JsonObject answer =
        post(
            "/inject",
            "crlfformat=lf&src=192.0.2.77&sipmsg="
                + URLEncoder.encode(INVITE, StandardCharsets.UTF_8));
    assertThat(answer.getJsonArray("results").getJsonObject(0).getBoolean("parsed")).isTrue();
    JsonObject call = answer.getJsonArray("calls").getJsonObject(0);
    assertThat(call.getString("client")).isEqualTo("192.0.2.77");
    assertThat(call.getString("created"))
        .as("on the clock of the capture, so that nothing else expires")
        .startsWith(
            json("/api/v1/calls?n=1")
                .getJsonArray("calls")
                .getJsonObject(0)
                .getString("created")
                .substring(0, 10));
    program.await(() -> counter("pkt_stats.injected") == 1);
    program.await(() -> counter("ev_ring0.queued") == counter("ev_rate.published"));
    assertThat(json("/").getJsonObject("health").getString("state")).isEqualTo("ok");
  }

  @Test
  @Order(3)
  void aCaptureThatIsPutInIsReadLikeAnyOther() throws Exception {
    long before = counter("pkt_stats.parse_ok");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--x\r\ncontent-disposition: form-data; name=\"capture\"; filename=\"d.pcap\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(Files.readAllBytes(Program.DEMO));
    body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
    String answer = send("/inject", "multipart/form-data; boundary=x", body.toByteArray()).body();
    assertThat(new JsonObject(answer).getString("source")).isEqualTo("inject.capture.0.d.pcap");
    program.await(() -> counter("pkt_stats.parse_ok") == 2 * before - 1);
    assertThat(program.isAlive()).isTrue();
  }

  @Test
  @Order(4)
  void aBadCaptureDoesNotEndTheProgram() throws Exception {
    byte[] body =
        "--x\r\ncontent-disposition: form-data; name=\"capture\"; filename=\"d\"\r\n\r\nno capture\r\n--x--\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    HttpResponse<String> answer = send("/inject", "multipart/form-data; boundary=x", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("d: ");
    assertThat(program.isAlive()).isTrue();
    assertThat(program.get(port, "/calls/list", "text/plain").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(5)
  void forcedTimeoutsLetEverythingExpire() throws Exception {
    assertThat(json("/api/v1/regs").getLong("matches")).isPositive();
    assertThat(json("/api/v1/evrateblst").getLong("matches")).isPositive();
    JsonObject forced = post("/debug/forcetimeout", "timeout=0s");
    assertThat(forced.getJsonArray("outcomes")).hasSize(2);
    program.await(
        () -> {
          post(
              "/inject",
              "crlfformat=lf&sipmsg=" + URLEncoder.encode(INVITE, StandardCharsets.UTF_8));
          return json("/api/v1/calls").getLong("matches") <= 2;
        });
    JsonObject collected = post("/evrateblst/forcegc", "n=0");
    assertThat(collected.getJsonArray("outcomes").getJsonObject(0).containsKey("result")).isTrue();
  }
}
