package io.callscope.web.view;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What an SBC has measured of a call, as facts: a line for each leg. */
public final class QualityFacts {
  private QualityFacts() {}

  /**
   * @param quality as {@code QualityJson} writes it
   */
  public static List<Fact> of(JsonObject quality) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Quality, ingress leg", leg(quality, "ingress")));
    facts.add(new Fact("Quality, egress leg", leg(quality, "egress")));
    if (quality.getBoolean("late", false)) {
      facts.add(new Fact("Quality", "reported after the end of the call"));
    }
    return facts;
  }

  private static String leg(JsonObject quality, String side) {
    JsonObject leg = quality.getJsonObject(side, new JsonObject());
    StringBuilder text = new StringBuilder();
    text.append(
        leg.containsKey("mos")
            ? "MOS " + leg.getDouble("mos") + ", R " + leg.getDouble("r_factor", 0.0)
            : "MOS not measured");
    stream(text, "received", leg.getJsonObject("rtp", new JsonObject()));
    stream(text, "far end", leg.getJsonObject("rtcp", new JsonObject()));
    String realm = Shown.plain(leg.getString("realm", ""));
    return realm.isEmpty() ? text.toString() : text + "; realm " + realm;
  }

  private static void stream(StringBuilder text, String name, JsonObject stream) {
    text.append("; ").append(name).append(": lost ").append(stream.getLong("lost", 0L));
    text.append(" of ").append(stream.getLong("packets", 0L));
    text.append(", jitter ").append(stream.getLong("jitter", 0L)).append(" ms");
    if (stream.containsKey("latency")) {
      text.append(", latency ").append(stream.getLong("latency", 0L)).append(" ms");
    }
  }
}
