package io.callscope.tracker.partition;

import io.callscope.bus.EventTime;
import io.callscope.bus.TextFilter;
import io.callscope.config.CallStateTimeout;
import io.callscope.query.Fields;
import io.callscope.query.Listing;
import io.callscope.query.Reply;
import io.callscope.query.Scan;
import io.callscope.query.Turns;
import io.callscope.tracker.call.BindingFilter;
import io.callscope.tracker.call.CallFilter;
import io.callscope.tracker.call.CallQuery;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.ring.MessageRing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Answers the queries of {@code docs/bus.md} to a partition, on its thread. */
public final class PartitionQueries {
  private static final int DEFAULT_MESSAGES = 500;
  private static final int MAX_MESSAGES = 10_000;
  private static final long MAX_MESSAGE_BYTES = 4 << 20;

  private final Partition partition;
  private final Turns turns;
  private final String owner;

  /**
   * @param owner who has the partition, another name whenever it is taken over or begins anew
   */
  public PartitionQueries(Partition partition, Turns turns, String owner) {
    this.partition = partition;
    this.turns = turns;
    this.owner = owner;
  }

  /** Answers a query, now or after some turns. */
  public void ask(Map<String, Object> asked, Reply reply) {
    try {
      Fields query = new Fields(asked);
      switch (query.text("query")) {
        case "calls" -> calls(query, reply);
        case "bindings" -> bindings(query, reply);
        case "call" -> reply.answer(Map.of("calls", partition.query().call(query.text("callId"))));
        case "messages" -> reply.answer(messages(query));
        case "tables" -> reply.answer(tables());
        case "settings" -> reply.answer(settings());
        default -> reply.refuse("no such query: " + query.text("query"));
      }
    } catch (IllegalArgumentException e) {
      reply.refuse(e.getMessage());
    }
  }

  private void calls(Fields query, Reply reply) {
    List<CallFilter> filters =
        filters(
            query, given -> new CallFilter(field(CallFilter.Field.values(), given), text(given)));
    list(query, partition.query().calls(filters, Listing.read(query)), "calls", reply);
  }

  private void bindings(Fields query, Reply reply) {
    List<BindingFilter> filters =
        filters(
            query,
            given -> new BindingFilter(field(BindingFilter.Field.values(), given), text(given)));
    list(query, partition.query().bindings(filters, Listing.read(query)), "bindings", reply);
  }

  private void list(Fields query, Scan<?> scan, String name, Reply reply) {
    // What an owner had when it was lost is not all with the next: who asks for pieces must know.
    Reply whose = query.has("from") ? reply.with("owner", owner) : reply;
    turns.run(scan, name, hasExpression(query), whose);
  }

  private static boolean hasExpression(Fields query) {
    return query.objects("filters").stream().anyMatch(filter -> filter.flag("regex", false));
  }

  private static <F> List<F> filters(Fields query, Function<Fields, F> read) {
    return query.objects("filters").stream().map(read).toList();
  }

  private static <F extends Enum<F>> F field(F[] fields, Fields filter) {
    String name = filter.text("field");
    for (F field : fields) {
      if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
        return field;
      }
    }
    throw new IllegalArgumentException("no such filter: " + name);
  }

  private static TextFilter text(Fields filter) {
    String value = filter.text("value");
    return filter.flag("regex", false)
        ? TextFilter.matching(value)
        : TextFilter.containing(value, false);
  }

  private Map<String, Object> messages(Fields query) {
    byte[] callId = query.text("callId").getBytes(StandardCharsets.UTF_8);
    int limit = (int) query.number("limit", DEFAULT_MESSAGES, MAX_MESSAGES);
    MessageRing.Found found = partition.messages(callId, limit, MAX_MESSAGE_BYTES);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ring", found != null);
    answer.put("complete", found != null && found.complete());
    answer.put("since", EventTime.text(found == null ? 0 : found.sinceNanos()));
    answer.put(
        "messages",
        found == null ? List.of() : found.messages().stream().map(MessageView::of).toList());
    return answer;
  }

  private Map<String, Object> tables() {
    CallQuery query = partition.query();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("clock", EventTime.text(partition.nowNanos()));
    answer.put("sources", partition.openSources());
    answer.put("calls", query.callTable());
    answer.put("regs", query.bindingTable());
    return answer;
  }

  private Map<String, Object> settings() {
    CallSettings settings = partition.settings();
    Map<String, Object> seconds = new LinkedHashMap<>();
    for (CallStateTimeout state : CallStateTimeout.values()) {
      seconds.put(state.shortName(), settings.timeoutSeconds(state));
    }
    Map<String, Object> registrations = new LinkedHashMap<>();
    registrations.put("regExpDelta", settings.expiryDeltaSeconds());
    registrations.put("regDelDelay", settings.deleteDelaySeconds());
    registrations.put("contactIgnorePort", settings.contactIgnorePort());
    return Map.of(
        "callTimeouts", seconds, "registrations", registrations, "checks", settings.checksLeaks());
  }
}
