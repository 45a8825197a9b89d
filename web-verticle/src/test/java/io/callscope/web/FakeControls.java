package io.callscope.web;

import io.callscope.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Event stage, collector and process with fixed settings; every instance notes what it is told. */
public final class FakeControls {
  /** Every change that came, with the instance that got it as {@code to}. */
  public final List<JsonObject> changes = new CopyOnWriteArrayList<>();

  /** What an instance answers instead of a result. */
  public final Map<String, String> refusals = new ConcurrentHashMap<>();

  private final Vertx vertx;

  public FakeControls(Vertx vertx) {
    this.vertx = vertx;
  }

  /** An instance that makes every change. */
  public void instance(String service, String instance) {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.control(service),
            message -> {
              JsonObject change = message.body();
              changes.add(change.copy().put("to", instance));
              JsonObject answer =
                  new JsonObject().put("id", change.getString("id")).put("instance", instance);
              if (refusals.containsKey(instance)) {
                answer.put("error", refusals.get(instance));
              } else {
                answer.put(
                    "result", new JsonObject().put("changed", 1).put("forced", 3).put("walked", 5));
              }
              vertx.eventBus().publish(Addresses.acknowledgements(service), answer);
            })
        .completion()
        .await();
  }

  /** What came last, without its id. */
  public JsonObject last() {
    JsonObject change = changes.get(changes.size() - 1).copy();
    change.remove("id");
    return change;
  }

  public void eventStage() {
    instance("eventstage", "eventstage");
    List<JsonObject> rates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rates.add(rate(i));
    }
    answer(
        "eventstage",
        query ->
            switch (query.getString("query")) {
              case "rates" -> FakeLists.answer(query, rates, "rates");
              case "tables" ->
                  new JsonObject()
                      .put("clock", "2024-01-01T00:01:00Z")
                      .put("rates", new JsonObject().put("entries", 5).put("maxEntries", 100));
              default -> settings();
            });
  }

  private static JsonObject rate(int i) {
    return new JsonObject()
        .put("id", Integer.toString(i))
        .put("type", i % 2 == 0 ? "call-end" : "auth-failed")
        .put("ip", "192.0.2." + i)
        .put("total", 10 * (5 - i))
        .put("exceeded", i == 1)
        .put("slot", 0)
        .put("exceededRun", i == 1 ? 3 : 0)
        .put("okRun", i == 1 ? 0 : 4)
        .put("created", "2024-01-01T00:00:0" + i + "Z")
        .put("changed", "2024-01-01T00:00:30Z")
        .put("lastOk", "2024-01-01T00:00:40Z")
        .put("rates", JsonArray.of(slot(23, 1000), slot(24, 60_000), slot(25, 3_600_000)));
  }

  private static JsonObject slot(double current, double millis) {
    return new JsonObject()
        .put("current", current)
        .put("closed", 0.5)
        .put("limit", 20.0)
        .put("intervalMillis", millis)
        .put("windowMillis", 22.0);
  }

  private static JsonObject settings() {
    JsonObject ok =
        new JsonObject()
            .put("exceeded", false)
            .put(
                "ages",
                JsonArray.of(
                    new JsonObject()
                        .put("time", "lastOk")
                        .put("comparison", ">")
                        .put("millis", 600_000)));
    return new JsonObject()
        .put(
            "rates",
            new JsonObject()
                .put("limits", JsonArray.of(20.0, 240.0, 3600.0))
                .put("intervalsMillis", JsonArray.of(1000, 60_000, 3_600_000))
                .put("reportMin", 100)
                .put("reportMax", 10_000)
                .put("maxEntries", 1000))
        .put(
            "collection",
            new JsonObject()
                .put("intervalMillis", 10_000)
                .put("oldAgeMillis", 300_000)
                .put("target", 10)
                .put("maxWalked", 20_000))
        .put(
            "pressure",
            new JsonObject()
                .put("lightTrigger", 850)
                .put("lightTarget", 800)
                .put("lightAgeMillis", 900_000)
                .put("hardTarget", 900)
                .put("maxWalked", 20_000)
                .put("criteria", JsonArray.of(ok)))
        .put("dropped", JsonArray.of("msg-probe"));
  }

  public void process() {
    instance("process", "process.1");
    answer(
        "process",
        query ->
            new JsonObject()
                .put(
                    "logging",
                    new JsonObject()
                        .put("log_level", 1)
                        .put("parse_log_level", 3)
                        .put("log_opt", 5)
                        .put("parse_log_opt", 0)
                        .put("debug_calltr", 1)));
  }

  /** A dump whose only file, of the call {@code a@h}, has these bytes. */
  public void dump(byte[] content) {
    instance("pcapdump", "pcapdump.0");
    answer(
        "pcapdump",
        query -> {
          if (query.getString("query").equals("status")) {
            return new JsonObject()
                .put("on", true)
                .put("directory", "/var/calls")
                .put("format", "pcap")
                .put("filter", new JsonObject().put("from", "<b>").put("to", "bob"));
          }
          boolean exists = query.getString("callId").equals("a@h");
          JsonObject file =
              new JsonObject()
                  .put("file", "06/callid_a@h.pcap")
                  .put("exists", exists)
                  .put("bytes", exists ? content.length : 0)
                  .put("modified", "2024-01-01T00:00:00Z");
          int from = query.getInteger("offset", 0);
          int to = exists ? Math.min(content.length, from + query.getInteger("limit", 0)) : from;
          return query.getString("query").equals("read")
              ? file.put(
                  "base64",
                  Base64.getEncoder().encodeToString(Arrays.copyOfRange(content, from, to)))
              : file;
        });
  }

  public void collector() {
    answer(
        "ipfix",
        query ->
            new JsonObject()
                .put("listening", JsonArray.of("0.0.0.0:4739"))
                .put("total", 3)
                .put("connections", JsonArray.of(connection(query.getInteger("skip"))))
                .put(
                    "ended",
                    JsonArray.of(
                        connection(9)
                            .put("ended", "2024-02-15T15:00:00Z")
                            .put("endReason", "closed"))));
  }

  private static JsonObject connection(int id) {
    return new JsonObject()
        .put("id", id)
        .put("collector", "ipfix.0")
        .put("remote", "192.0.2.5")
        .put("remotePort", 51_234)
        .put("local", "192.0.2.1")
        .put("localPort", 4739)
        .put("sbc", FakeServices.HOSTILE)
        .put("since", "2024-02-15T14:58:08.000123Z")
        .put("lastIo", "2024-02-15T14:58:41.5Z")
        .put("timeoutSeconds", 60)
        .put("keepAliveSeconds", 30)
        .put("messages", 120)
        .put("sip", 118)
        .put("handshakes", 1)
        .put(
            "handshake",
            new JsonObject()
                .put("major", 1)
                .put("minor", 2)
                .put("flags", 252)
                .put("flags2", 0)
                .put("systemFlags", 0)
                .put("keepAliveSeconds", 30)
                .put("systemId", 7)
                .put("product", 17_242)
                .put("productVersion", "9.1.0")
                .put("host", "sbc01"));
  }

  private void answer(String service, UnaryOperator<JsonObject> answers) {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.query(service), message -> message.reply(answers.apply(message.body())))
        .completion()
        .await();
  }
}
