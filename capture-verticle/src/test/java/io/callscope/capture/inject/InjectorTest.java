package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterTable;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and captures put in by hand. */
class InjectorTest {
  private static final long NOON = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final String INVITE =
      "INVITE sip:b@h SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nFrom: <sip:a@h>;tag=f\r\nTo: <sip:b@h>\r\nCall-ID: c@h\r\nCSeq: 1 INVITE\r\n\r\n";

  private final List<SipBatch> batches = new ArrayList<>();
  private final InjectCounters counters = new InjectCounters();
  private final SourceTime time = new SourceTime();
  private final Injector injector =
      new Injector(
          counters,
          time,
          new SipFeed(
              "inject", 1, time, new Sink(), new BatchPool(), new FeedCounters(), Overflow.DROP));

  private final class Sink implements BatchSink {
    @Override
    public boolean credit(int partition, long timeoutNanos) {
      return true;
    }

    @Override
    public int credits(int partition) {
      return SipFeed.LIVE_CREDITS;
    }

    @Override
    public void send(int partition, SipBatch batch) {
      batches.add(batch);
    }
  }

  private static InjectRequest request(String protocol, Object... messages) {
    return InjectRequest.read(
        Map.of(
            "protocol",
            protocol,
            "source",
            "192.0.2.1",
            "sourcePort",
            7,
            "destination",
            "192.0.2.2",
            "messages",
            List.of(messages)));
  }

  private long count(String name) {
    CounterTable table = new CounterTable();
    table.add(counters.group());
    return table.value("pkt_stats." + name);
  }

  @Test
  void aMessageIsParsedCountedAndSentAtOnce() throws Exception {
    List<Map<String, Object>> results =
        injector.inject(request("udp", INVITE), NOON, NOON + SECOND);

    assertThat(results)
        .containsExactly(
            Map.of(
                "parsed",
                true,
                "error",
                "",
                "bytes",
                INVITE.length(),
                "parsedBytes",
                INVITE.length(),
                "callId",
                "c@h"));
    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).size()).isEqualTo(1);
    assertThat(count("injected")).isEqualTo(1);
    assertThat(count("injected_udp")).isEqualTo(1);
    assertThat(count("parse_attempts")).isEqualTo(1);
    assertThat(count("sip_udp")).isEqualTo(1);
    assertThat(count("sip_INVITE")).isEqualTo(1);
  }

  @Test
  void junkIsAParseErrorAndEveryMessageIsAccountedFor() throws Exception {
    List<Map<String, Object>> results =
        injector.inject(
            request("tcp", "junk\r\n\r\n", "SIP/2.0 404 No\r\n" + INVITE.substring(24)),
            NOON,
            NOON);

    assertThat(results.get(0)).containsEntry("parsed", false);
    assertThat(results.get(0).get("error").toString()).isNotEmpty();
    assertThat(count("parse_errs_tcp") + count("sip_tcp")).isEqualTo(2);
    assertThat(count("injected")).isEqualTo(count("parse_ok") + count("parse_errs"));
    assertThat(count("injected_udp")).isZero();
    assertThat(batches.get(0).size()).isEqualTo(2);
  }

  @Test
  void bytesThatAreNoTextComeAsBase64() {
    InjectRequest request = request("tls", Map.of("base64", "/wA="));
    assertThat(request.messages().get(0)).containsExactly(0xff, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol=icmp",
        "source=x",
        "source=::1",
        "sourcePort=65536",
        "destinationPort=x",
        "messages=x",
      })
  void badRequestsAreRefused(String field) {
    String[] pair = field.split("=", 2);
    Map<String, Object> fields = new HashMap<>(Map.of("messages", List.of("x")));
    fields.put(pair[0], pair[1].equals("65536") ? (Object) 65_536 : pair[1]);
    assertThatThrownBy(() -> InjectRequest.read(fields))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesAreBounded() {
    assertThatThrownBy(() -> request("udp")).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> request("udp", "")).hasMessageContaining("65535");
    assertThatThrownBy(() -> request("udp", "x".repeat(65_536))).hasMessageContaining("65535");
  }
}
