package io.callscope.web;

import static io.callscope.web.FakeServices.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of {@code /inject} and what the service gets of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectPageTest {
  private static final String INVITE =
      "INVITE sip:<script>b SIP/2.0\nCall-ID: a@h\nFrom: x\nTo: y\nCSeq: 1 INVITE\n\n";

  private final TestSite site = new TestSite(1);
  private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();

  @BeforeAll
  void start() {
    site.services.partition(0, call("0-1", "a@h", 1));
    for (String address : List.of(Addresses.INJECT, Addresses.inject("one"))) {
      site.vertx.eventBus().<JsonObject>consumer(address, this::answer).completion().await();
    }
    site.start();
  }

  private void answer(Message<JsonObject> message) {
    JsonObject request = message.body();
    requests.add(request);
    switch (request.getString("inject")) {
      case "messages" -> message.reply(results(request.getJsonArray("messages").size()));
      case "begin" -> {
        if (request.getString("name").equals("full.pcap")) {
          message.fail(507, "no room");
          return;
        }
        message.reply(new JsonObject().put("upload", "7").put("address", Addresses.inject("one")));
      }
      case "piece" -> {
        uploaded.writeBytes(request.getBinary("bytes"));
        message.reply(new JsonObject().put("bytes", uploaded.size()));
      }
      default -> message.reply(new JsonObject().put("source", "inject.capture.0"));
    }
  }

  private static JsonObject results(int count) {
    JsonArray results = new JsonArray();
    for (int i = 0; i < count; i++) {
      results.add(
          new JsonObject()
              .put("parsed", i == 0)
              .put("error", i == 0 ? "" : "bad <header>")
              .put("bytes", 100)
              .put("parsedBytes", 20)
              .put("callId", i == 0 ? "a@h" : ""));
    }
    return new JsonObject().put("results", results).put("taken", true);
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @BeforeEach
  void forget() {
    requests.clear();
    uploaded.reset();
  }

  private static String form(String text, String more) {
    return "sipmsg=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + more;
  }

  @Test
  void aMessageIsConvertedSentAndShownWithItsCall() throws Exception {
    HttpResponse<String> answer =
        site.post("/inject", form(INVITE + INVITE, ""), "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("parsed, 20 of 100 bytes", "bad &lt;header&gt;", "href=\"/calls/a%40h\"")
        .contains("0. key: &quot;a@h&quot;")
        .doesNotContain("<script>");
    JsonObject request = requests.get(0);
    assertThat(request.getJsonArray("messages")).hasSize(2);
    String base64 = request.getJsonArray("messages").getJsonObject(0).getString("base64");
    assertThat(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        .isEqualTo(INVITE.replace("\n", "\r\n"));
    assertThat(request.getString("source")).isEqualTo("127.0.0.1");
    assertThat(request.getString("protocol")).isEqualTo("udp");
  }

  @Test
  void protocolAndEndsAreTheUsersAndThePlainFormTellsAll() throws Exception {
    String more =
        "&crlfformat=LF&proto=TLS&src=2001:db8::1&sport=5&dst=2001:db8::2&dport=6&verbose=yes";
    HttpResponse<String> answer = site.post("/inject", form(INVITE, more));
    assertThat(answer.body())
        .startsWith(
            "message 0: tls [2001:db8::1]:5 -> [2001:db8::2]:6 parsed, 20 of 100 bytes\n\tparsed: \"INVITE sip:<script>b\"\n\trest: \" SIP/2.0\\r\\n")
        .contains("\n0. key: \"a@h\"");
    JsonObject request = requests.get(0);
    assertThat(request.getString("protocol")).isEqualTo("tls");
    assertThat(request.getLong("destinationPort")).isEqualTo(6);
    JsonObject json = new JsonObject(site.post("/api/v1/inject", form(INVITE, more)).body());
    assertThat(json.getJsonArray("results")).hasSize(1);
    assertThat(json.getJsonArray("calls")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "crlfformat=lf, 1",
    "sipmsg=x, 1",
    "sipmsg=x&crlfformat=nope, 1",
    "sipmsg=x&crlfformat=auto, 1",
    "sipmsg=x&crlfformat=lf&proto=icmp&src=x&dst=::1&sport=70000&dport=-1&verbose=perhaps, 6",
    "crlfformat=escaped&sipmsg=%0A, 1",
  })
  void badFormsAreRefusedWhole(String form, int errors) throws Exception {
    HttpResponse<String> answer = site.post("/inject", form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().lines().filter(line -> line.startsWith("ERROR: "))).hasSize(errors);
    assertThat(requests).isEmpty();
  }

  private static byte[] multipart(byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--x\r\ncontent-disposition: form-data; name=\"capture\"; filename=\"../c.pcap\"\r\ncontent-type: application/octet-stream\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(file);
    body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  @Test
  void aCaptureIsHandedOverPieceByPiece() throws Exception {
    byte[] capture = new byte[700_000];
    for (int i = 0; i < capture.length; i++) {
      capture[i] = (byte) (i * 31);
    }
    HttpResponse<String> answer =
        site.post("/inject", "multipart/form-data; boundary=x", multipart(capture));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("the capture is being read as source inject.capture.0");
    assertThat(uploaded.toByteArray()).isEqualTo(capture);
    assertThat(requests.stream().map(one -> one.getString("inject")))
        .containsExactly("begin", "piece", "piece", "piece", "end");
    assertThat(
            site.post("/inject", "multipart/form-data; boundary=x", multipart(new byte[0]))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void thatThereIsNoRoomForACaptureIsNotTheUsersFault() throws Exception {
    byte[] form =
        new String(multipart(new byte[3]), StandardCharsets.ISO_8859_1)
            .replace("../c.pcap", "full.pcap")
            .getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> answer = site.post("/inject", "multipart/form-data; boundary=x", form);
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.body()).isEqualTo("ERROR: no room\n");
  }

  @Test
  void theFormIsThereAndOtherMethodsAreNot() throws Exception {
    assertThat(site.html("/inject").body())
        .contains("enctype=\"multipart/form-data\"", "<textarea name=\"sipmsg\"", "ngrepcrlf")
        .contains("></textarea>");
    assertThat(site.get("/inject").body()).startsWith("POST sipmsg and crlfformat (auto, ");
    assertThat(requests).isEmpty();
  }

  @Test
  void whereNobodyTakesMessagesThePageSaysSo() throws Exception {
    try (TestSite alone = new TestSite(1)) {
      alone.start();
      HttpResponse<String> answer = alone.post("/inject", form(INVITE, "&crlfformat=lf"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).startsWith("ERROR: nobody takes messages");
    }
  }
}
