package io.callscope.tracker.stage;

import io.callscope.bus.EventTime;
import io.callscope.bus.EventType;
import io.callscope.bus.TextFilter;
import io.callscope.net.IpNetwork;
import io.callscope.query.Fields;
import io.callscope.query.Listing;
import io.callscope.query.Reply;
import io.callscope.query.Turns;
import io.callscope.tracker.rate.Criterion.State;
import io.callscope.tracker.rate.RateFilter;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers the queries of {@code docs/bus.md} to the event stage, on its thread. */
public final class StageQueries {
  private final EventStage stage;
  private final RateLimiter limiter;
  private final Turns turns;

  public StageQueries(EventStage stage, RateLimiter limiter, Turns turns) {
    this.stage = stage;
    this.limiter = limiter;
    this.turns = turns;
  }

  /** Answers a query, now or after some turns. */
  public void ask(Map<String, Object> asked, Reply reply) {
    try {
      Fields query = new Fields(asked);
      switch (query.text("query")) {
        case "rates" -> rates(query, reply);
        case "mark" -> reply.answer(mark(query));
        case "tables" -> reply.answer(tables());
        case "settings" -> reply.answer(StageSettings.view(limiter.settings(), stage));
        default -> reply.refuse("no such query: " + query.text("query"));
      }
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    }
  }

  private void rates(Fields query, Reply reply) {
    RateFilter filter = filter(query);
    turns.run(
        limiter.query().rates(filter, Listing.read(query)),
        "rates",
        filter.address() != null,
        reply);
  }

  private static RateFilter filter(Fields query) {
    EventType type = query.has("type") ? StageSettings.type(query.text("type")) : null;
    State state =
        query.has("exceeded")
            ? query.flag("exceeded", false) ? State.EXCEEDED : State.OK
            : State.ANY;
    String ip = query.text("ip", "");
    boolean regex = query.flag("regex", false);
    boolean compares = query.has("rate") || query.has("slot") || query.has("comparison");
    return new RateFilter(
        type,
        state,
        ip.isEmpty() || regex ? null : IpNetwork.parse(ip),
        ip.isEmpty() || !regex ? null : TextFilter.matching(ip),
        (int) query.number("slot", 0, RateSettings.SLOTS - 1L),
        compares ? StageSettings.comparison(query.text("comparison", ">=")) : null,
        query.number("rate", 0, Long.MAX_VALUE));
  }

  private Map<String, Object> mark(Fields query) {
    int partition = (int) query.number("partition", 0, Integer.MAX_VALUE);
    return Map.of("markNanos", stage.mark(partition));
  }

  private Map<String, Object> tables() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("clock", EventTime.text(limiter.nowNanos()));
    answer.put("rates", limiter.query().figures());
    return answer;
  }
}
