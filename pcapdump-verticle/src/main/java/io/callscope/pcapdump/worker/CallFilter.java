package io.callscope.pcapdump.worker;

import io.callscope.bus.SipBatch;
import io.callscope.bus.TextFilter;
import io.callscope.net.IpNetwork;
import io.callscope.query.Fields;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which calls are wanted: by regular expressions on Call-ID, From and To URI, and by the network
 * that the message came from. What is null is not looked at. For any thread.
 */
public final class CallFilter {
  /** All calls. */
  public static final CallFilter ALL = new CallFilter(Map.of());

  private static final String CALL_ID = "callId";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String SOURCE = "source";

  private final Map<String, Object> fields;
  private final TextFilter callId;
  private final TextFilter from;
  private final TextFilter to;
  private final IpNetwork source;

  private CallFilter(Map<String, Object> fields) {
    this.fields = fields;
    callId = expression(CALL_ID);
    from = expression(FROM);
    to = expression(TO);
    source = fields.containsKey(SOURCE) ? IpNetwork.parse((String) fields.get(SOURCE)) : null;
  }

  private TextFilter expression(String field) {
    return fields.containsKey(field) ? TextFilter.matching((String) fields.get(field)) : null;
  }

  /**
   * The filter of a control.
   *
   * @throws IllegalArgumentException if a field is not what it should be
   */
  public static CallFilter of(Fields asked) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String field : new String[] {CALL_ID, FROM, TO, SOURCE}) {
      String text = asked.text(field, "");
      if (!text.isEmpty()) {
        given.put(field, text);
      }
    }
    return given.isEmpty() ? ALL : new CallFilter(given);
  }

  /** The fields that are set, by their names in a control. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** Whether it wants the call of a message. */
  boolean wants(SipBatch batch, int record) {
    SipMessage message = batch.message(record);
    try {
      return (source == null || source.contains(batch.sourceHigh(record), batch.sourceLow(record)))
          && test(callId, message, SipIndex.CALL_ID)
          && test(from, message, SipIndex.FROM_URI)
          && test(to, message, SipIndex.TO_URI);
    } catch (IllegalArgumentException e) {
      return false; // an expression that takes too long on this text
    }
  }

  private static boolean test(TextFilter filter, SipMessage message, int span) {
    return filter == null || filter.test(message.text(span));
  }
}
