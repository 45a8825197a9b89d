package io.callscope.web;

import static io.callscope.web.FakeServices.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dump of calls: its switch, its filter, the file of a call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DumpTest {
  /** More than two pieces. */
  private static final int LENGTH = (2 << 20) + 4711;

  private final TestSite site = new TestSite(1);
  private final byte[] content = new byte[LENGTH];

  @BeforeAll
  void start() {
    Random random = new Random(7);
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) random.nextInt(128);
    }
    site.services.partition(0, call("0-1", "a@h", 1), call("0-2", "b@h", 2));
    site.controls.dump(content);
    site.start();
    site.services.alive("pcapdump", "pcapdump.0");
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "on=0; {'change':'dumping','on':false,'to':'pcapdump.0'}",
        "on=1; {'change':'dumping','on':true,'to':'pcapdump.0'}",
        "cid=%5Ea&fu=bob&tu=&src=192.0.2.0/24; {'callId':'^a','from':'bob','source':'192.0.2.0/24','change':'filter','to':'pcapdump.0'}",
        "cid=&fu=&tu=&src=; {'change':'filter','to':'pcapdump.0'}",
        "clear=1&cid=x; {'change':'filter','to':'pcapdump.0'}",
      })
  void isSwitchedAndFiltered(String parameters, String change) throws Exception {
    site.controls.changes.clear();
    assertThat(site.post("/pcapdump", parameters).statusCode()).isEqualTo(200);
    JsonObject expected = new JsonObject(change.replace('\'', '"'));
    JsonObject last = site.controls.last();
    assertThat(last).isEqualTo(expected);
    assertThat(site.controls.changes).hasSize(1);
  }

  @Test
  void badFiltersAreToldAtOnceAndChangeNothing() throws Exception {
    site.controls.changes.clear();
    HttpResponse<String> answer =
        site.post("/pcapdump", "on=perhaps&cid=(&fu=%5B&src=nowhere&tu=ok");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().lines().filter(line -> line.startsWith("ERROR"))).hasSize(4);
    assertThat(site.controls.changes).isEmpty();
  }

  @Test
  void showsWhatHolds() throws Exception {
    assertThat(site.html("/pcapdump").body())
        .contains("/var/calls as pcap", "Dropped, writers too slow: 0", "&lt;b&gt;")
        .doesNotContain("<b>\"");
    JsonObject json = site.json("/api/v1/pcapdump");
    assertThat(json.getBoolean("running")).isTrue();
    assertThat(json.getJsonObject("dump").getBoolean("on")).isTrue();
    assertThat(json.getJsonObject("figures").getLong("new_files")).isZero();
    assertThat(site.get("/pcapdump").body()).contains("on: 1 (written)\n", "fu: <b>", "tu: bob");
  }

  @Test
  void theFileOfACallIsShownAndGiven() throws Exception {
    assertThat(site.html("/calls/a%40h").body())
        .contains("href=\"/pcapdump/file/a%40h\"", "06/callid_a@h.pcap", LENGTH + " bytes");
    assertThat(site.get("/calls/a%40h").body())
        .contains(
            "dump: \"06/callid_a@h.pcap\" "
                + LENGTH
                + " bytes, last written 2024-01-01 00:00:00.000\n");
    assertThat(site.json("/calls/a%40h").getJsonObject("dump").getInteger("bytes"))
        .isEqualTo(LENGTH);

    HttpResponse<String> file = site.get("/pcapdump/file/a%40h");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"callid_a@h.pcap\"");
    assertThat(file.headers().firstValue("content-type")).hasValue("application/vnd.tcpdump.pcap");
    assertThat(file.body()).isEqualTo(new String(content, StandardCharsets.US_ASCII));
  }

  @Test
  void aCallWithoutAFileSaysNothingOfOne() throws Exception {
    assertThat(site.html("/calls/b%40h").body()).doesNotContain("/pcapdump/file");
    assertThat(site.get("/pcapdump/file/b%40h").statusCode()).isEqualTo(404);
    assertThat(site.get("/pcapdump/file/%ff").statusCode()).isEqualTo(400);
  }

  @Test
  void withoutADumpThePageSaysHowToStartOne() throws Exception {
    try (TestSite none = new TestSite(1)) {
      none.services.partition(0, call("0-1", "a@h", 1));
      none.start();
      HttpResponse<String> page = none.html("/pcapdump");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("No dump runs", "-pcap_dump_dir");
      assertThat(none.json("/pcapdump").getBoolean("running")).isFalse();
      assertThat(none.get("/calls/a%40h").statusCode()).isEqualTo(200);
      assertThat(none.get("/pcapdump/file/a%40h").statusCode()).isEqualTo(503);
      HttpResponse<String> switched = none.post("/pcapdump", "on=1");
      assertThat(switched.statusCode()).isEqualTo(503);
      assertThat(switched.body())
          .startsWith("ERROR: pcapdump: calls are not dumped; start a process with -pcap_dump_dir");
    }
  }
}
