package io.callscope.bus;

import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A report of media quality as JSON, the {@code quality} of an event. */
public final class QualityJson {
  private static final double HUNDREDTHS = 100.0;

  private QualityJson() {}

  public static JsonObject of(CallQuality quality) {
    JsonObject json =
        new JsonObject()
            .put("sbc", quality.sbc())
            .put("begin", EventTime.text(quality.beginNanos()))
            .put("end", EventTime.text(quality.endNanos()))
            .put("type", quality.mediaType());
    if (quality.late()) {
      json.put("late", true);
    }
    return json.put("ingress", leg(quality.ingress())).put("egress", leg(quality.egress()));
  }

  /** The same as maps all the way down, for those who know no JSON. */
  public static Map<String, Object> map(CallQuality quality) {
    return of(quality).getMap();
  }

  private static JsonObject leg(Leg leg) {
    JsonObject json =
        new JsonObject()
            .put("call_id", leg.callId())
            .put("realm", leg.realm())
            .put("slot", leg.slot())
            .put("port", leg.port())
            .put("vlan", leg.vlan());
    if (leg.isMeasured()) {
      json.put("mos", leg.mosHundredths() / HUNDREDTHS);
      json.put("r_factor", leg.rFactorHundredths() / HUNDREDTHS);
    }
    return json.put("rtp", stream(leg.rtp(), false))
        .put("rtcp", stream(leg.rtcp(), true))
        .put("in", flow(leg.incoming()))
        .put("out", flow(leg.outgoing()));
  }

  private static JsonObject stream(Stream stream, boolean latency) {
    JsonObject json =
        new JsonObject()
            .put("bytes", stream.bytes())
            .put("packets", stream.packets())
            .put("lost", stream.lost())
            .put("jitter", stream.jitterMillis())
            .put("max_jitter", stream.maxJitterMillis());
    if (latency) {
      json.put("latency", stream.latencyMillis()).put("max_latency", stream.maxLatencyMillis());
    }
    return json;
  }

  private static JsonObject flow(Flow flow) {
    return new JsonObject()
        .put("src", flow.source())
        .put("sport", flow.sourcePort())
        .put("dst", flow.destination())
        .put("dport", flow.destinationPort());
  }

  /** The report of an object that {@link #of} made; what it lacks is empty or 0. */
  static CallQuality read(JsonObject json) {
    return new CallQuality(
        json.getString("sbc", ""),
        EventTime.nanos(json.getString("begin", "")),
        EventTime.nanos(json.getString("end", "")),
        json.getInteger("type", 0),
        json.getBoolean("late", false),
        readLeg(json.getJsonObject("ingress", new JsonObject())),
        readLeg(json.getJsonObject("egress", new JsonObject())));
  }

  private static Leg readLeg(JsonObject json) {
    byte[] callId = json.getString("call_id", "").getBytes(StandardCharsets.UTF_8);
    return new Leg(
        new String(callId, StandardCharsets.ISO_8859_1),
        json.getString("realm", ""),
        json.getInteger("slot", 0),
        json.getInteger("port", 0),
        json.getInteger("vlan", 0),
        hundredths(json, "r_factor"),
        hundredths(json, "mos"),
        readStream(json.getJsonObject("rtp", new JsonObject())),
        readStream(json.getJsonObject("rtcp", new JsonObject())),
        readFlow(json.getJsonObject("in", new JsonObject())),
        readFlow(json.getJsonObject("out", new JsonObject())));
  }

  private static int hundredths(JsonObject json, String name) {
    return (int) Math.round(json.getDouble(name, 0.0) * HUNDREDTHS);
  }

  private static Stream readStream(JsonObject json) {
    return new Stream(
        json.getLong("bytes", 0L),
        json.getLong("packets", 0L),
        json.getLong("lost", 0L),
        json.getLong("jitter", 0L),
        json.getLong("max_jitter", 0L),
        json.getLong("latency", 0L),
        json.getLong("max_latency", 0L));
  }

  private static Flow readFlow(JsonObject json) {
    return new Flow(
        json.getString("src", ""),
        json.getInteger("sport", 0),
        json.getString("dst", ""),
        json.getInteger("dport", 0));
  }
}
