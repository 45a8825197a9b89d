package io.callscope.web;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.bus.EventRate;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tracker partitions, counters and events with fixed figures on a real bus. */
public final class FakeServices {
  public static final String HOSTILE = "<script>alert('x')</script>\"\r\n\u202e\u0007&`=end";
  public static final long SECOND = 1_000_000_000L;
  public static final long T0 = 1_700_000_000L * SECOND;

  /** Every query that came, in order. */
  public final List<JsonObject> asked = new CopyOnWriteArrayList<>();

  private final Vertx vertx;
  private final Map<Integer, JsonArray> calls = new TreeMap<>();

  /** What every partition has in its message ring. */
  public final Map<String, JsonArray> messages = new ConcurrentHashMap<>();

  public FakeServices(Vertx vertx) {
    this.vertx = vertx;
  }

  public void partition(int partition, JsonObject... own) {
    calls.put(partition, new JsonArray(List.of(own)));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.query("tracker", partition), message -> answer(partition, message))
        .completion()
        .await();
  }

  public void silentPartition(int partition) {
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.query("tracker", partition), message -> {})
        .completion()
        .await();
  }

  private void answer(int partition, Message<JsonObject> message) {
    JsonObject query = message.body();
    asked.add(query);
    JsonArray own = calls.get(partition);
    switch (query.getString("query")) {
      case "calls" ->
          message.reply(
              FakeLists.answer(query, own.stream().map(JsonObject.class::cast).toList(), "calls"));
      case "bindings" -> message.reply(FakeLists.answer(query, bindings(partition), "bindings"));
      case "settings" ->
          message.reply(
              new JsonObject()
                  .put(
                      "callTimeouts",
                      new JsonObject().put("inv_established", 3600).put("inv_1st", 120))
                  .put(
                      "registrations",
                      new JsonObject()
                          .put("regExpDelta", 30)
                          .put("regDelDelay", 5)
                          .put("contactIgnorePort", true))
                  .put("checks", false));
      case "call" -> {
        JsonArray found = new JsonArray();
        own.stream()
            .filter(c -> ((JsonObject) c).getString("callId").equals(query.getString("callId")))
            .forEach(found::add);
        message.reply(new JsonObject().put("calls", found));
      }
      case "messages" ->
          message.reply(
              new JsonObject()
                  .put("ring", true)
                  .put("complete", true)
                  .put("since", "0001-01-01T00:00:00Z")
                  .put(
                      "messages",
                      messages.getOrDefault(query.getString("callId"), new JsonArray())));
      case "tables" ->
          message.reply(
              new JsonObject()
                  .put("clock", "2024-01-01T00:00:00Z")
                  .put(
                      "calls",
                      new JsonObject()
                          .put("entries", own.size())
                          .put("maxEntries", 10)
                          .put("bytes", 600)
                          .put("created", 9)
                          .put("removed", 8)
                          .put("buckets", 65536)
                          .put("longestChain", 2))
                  .put(
                      "regs",
                      new JsonObject().put("entries", 7).put("maxEntries", 0).put("bytes", 2048)));
      default -> message.fail(1, "what?");
    }
  }

  private static List<JsonObject> bindings(int partition) {
    return List.of(binding(partition, 0, HOSTILE), binding(partition, 1, "sip:b@10.0.0.2"));
  }

  private static JsonObject binding(int partition, int i, String contact) {
    return new JsonObject()
        .put("aor", "sip:user" + (2 * i + partition) + "@example.com")
        .put("contact", contact)
        .put("callId", "a@h")
        .put("source", "192.0.2." + partition)
        .put("sourcePort", 40_123)
        .put("moves", i)
        .put("created", "2024-01-01T00:00:0" + (2 * i + partition) + "Z")
        .put("expires", "2024-01-01T01:00:02Z")
        .put("deleting", i == 1);
  }

  public static JsonObject call(String id, String callId, int second) {
    return new JsonObject()
        .put("id", id)
        .put("callId", callId)
        .put("fromTag", "f1")
        .put("toTag", "t1")
        .put("method", "INVITE")
        .put("state", "established")
        .put("stateName", "inv_established")
        .put("from", "sip:alice@example.com")
        .put("to", "sip:bob@example.com")
        .put("uri", "sip:bob@192.0.2.2")
        .put("reason", "OK")
        .put("transport", "udp")
        .put("client", "192.0.2.1")
        .put("clientPort", 5060)
        .put("server", "2001:db8::2")
        .put("serverPort", 5080)
        .put("created", String.format("2024-01-01T00:00:%02dZ", second))
        .put("earlyDialog", String.format("2024-01-01T00:00:%02d.5Z", second))
        .put("finalReply", "2024-01-01T00:01:00Z")
        .put("expires", "2024-01-01T01:00:02Z")
        .put("expiresInMillis", 3600000)
        .put("cseq", JsonArray.of(1, 0))
        .put("requests", JsonArray.of(2, 0))
        .put("replies", JsonArray.of(3, 0))
        .put("requestRetransmissions", JsonArray.of(1, 0))
        .put("replyRetransmissions", JsonArray.of(0, 0))
        .put("lastMethod", JsonArray.of("ACK", "UNDEF"))
        .put("lastStatus", JsonArray.of(200, 0))
        .put("status", JsonArray.of(200, 0))
        .put("events", "call-start")
        .put("lastEvent", "call-start")
        .put("messageTrace", "...[2]>INVITE{1}<100<180<200>ACK")
        .put("stateTrace", "init->first invite->early dialog")
        .put("signature", "26abc")
        .put("bindings", new JsonArray());
  }

  public static CallEvent event(long number, EventType type, int status, String callId) {
    return new CallEvent(
        type,
        T0 + number * SECOND,
        EventEnds.of(Transport.UDP, "192.0.2.1", 5060, "192.0.2.2", 5080),
        new EventTexts.Builder()
            .add(EventText.CALL_ID, callId)
            .add(EventText.FROM, "sip:alice@example.com")
            .add(EventText.TO, "sip:bob@example.com")
            .add(EventText.METHOD, "INVITE")
            .add(EventText.URI, "sip:bob@192.0.2.2")
            .add(EventText.CONTACT, "sip:alice@192.0.2.1")
            .add(EventText.REASON, "Reason " + status)
            .add(EventText.USER_AGENT, "Phone/1")
            .add(EventText.UAS, "Switch/2")
            .build(),
        new EventOutcome(
            status, 120, 900, 1000, Span.DURATION, 42, Originator.CALLER, false, T0 + SECOND),
        EventDebug.none(T0),
        new EventRate(0, 0, 1.5, 20, 1000, T0),
        number);
  }

  public void publish(CallEvent event) {
    vertx.eventBus().publish(Addresses.event(event.type()), event);
  }

  /** These instances of a service are heard; done when the boards have heard them. */
  public void alive(String service, String... instances) {
    for (String instance : instances) {
      JsonObject group = group(service, counter("handled", 1));
      vertx.eventBus().publish(Addresses.COUNTERS, snapshot(service, instance, group));
    }
  }

  /** The counters of a sound run with one call. */
  public void publishCounters() {
    vertx.eventBus().publish(Addresses.COUNTERS, captureCounters(0));
    vertx
        .eventBus()
        .publish(
            Addresses.COUNTERS,
            snapshot(
                "tracker",
                "tracker.0",
                group(
                    "calls",
                    counter("fail_new", 0),
                    counter("inv_established", 12),
                    counter("active", 12).put("kind", "GAUGE_MAX").put("max", 40))));
  }

  public static JsonObject captureCounters(long dropped) {
    return snapshot(
        "capture",
        "capture.0",
        group(
            "pkt_stats",
            counter("total_packets", 1000),
            counter("udp", 67),
            counter("tcp", 30),
            counter("tcp_payloads", 30),
            counter("tcp_segs", 30),
            counter("parse_errs_udp", 7),
            counter("not_ip", 903),
            counter("parse_ok", 90),
            counter("parse_errs", 7),
            counter("parse_error_5", 7).put("description", "CR missing"),
            counter("sip_udp", 60),
            counter("sip_tcp", 30),
            counter("tracked_ok_udp", 60),
            counter("tracked_ok_tcp", 29),
            counter("tracked_err_tcp", 1),
            counter("sip_reqs", 50),
            counter("sip_INVITE", 50)),
        group("pkt_stats.http", counter("reqs", 3)),
        group("pcap.eth0", counter("recvd", 1000), counter("drop", dropped)));
  }

  public static JsonObject snapshot(String service, String instance, JsonObject... groups) {
    return new JsonObject()
        .put("service", service)
        .put("instance", instance)
        .put("timeMillis", 1_700_000_000_000L)
        .put("groups", new JsonArray(List.of(groups)));
  }

  public static JsonObject group(String name, JsonObject... counters) {
    return new JsonObject().put("name", name).put("counters", new JsonArray(List.of(counters)));
  }

  public static JsonObject counter(String name, long value) {
    return new JsonObject()
        .put("name", name)
        .put("kind", "COUNTER")
        .put("description", "about " + name)
        .put("value", value);
  }

  public void publishSource(String state) {
    vertx
        .eventBus()
        .publish(
            Addresses.SOURCES,
            new JsonObject()
                .put("source", "pcap:" + HOSTILE)
                .put("state", state)
                .put("error", "")
                .put("packets", 1200)
                .put("bytes", 845000)
                .put("firstNanos", T0)
                .put("lastNanos", T0 + 12 * SECOND)
                .put("runMillis", 85)
                .put("totalBytes", 2000)
                .put("readBytes", 500));
  }
}
