package io.callscope.pcapdump.worker;

import io.callscope.bus.SipBatch;
import io.callscope.pcapdump.file.CallId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which calls a filter wants: decided by the first message of each, since later ones come from the
 * other side too. The calls that were silent for longest are forgotten first, and decided anew. One
 * thread.
 */
final class Decisions {
  /** Of all writers together: some 10 MB, 32 with the longest Call-IDs. */
  static final int ALL_CALLS = 65_536;

  private final int maxCalls;
  private final LinkedHashMap<CallId, Boolean> decided = new LinkedHashMap<>(16, 0.75f, true);
  private CallFilter filter = CallFilter.ALL;

  /**
   * @param writers that share what may be remembered
   */
  Decisions(int writers) {
    maxCalls = Math.max(1, ALL_CALLS / writers);
  }

  /**
   * @param id of the message, not kept
   */
  boolean wants(CallFilter now, CallId id, SipBatch batch, int record) {
    if (now != filter) {
      filter = now;
      decided.clear();
    }
    if (now == CallFilter.ALL) {
      return true;
    }
    Boolean before = decided.get(id);
    if (before != null) {
      return before;
    }
    boolean wanted = now.wants(batch, record);
    decided.put(id.copy(), wanted);
    if (decided.size() > maxCalls) {
      Map.Entry<CallId, Boolean> eldest = decided.entrySet().iterator().next();
      decided.remove(eldest.getKey());
    }
    return wanted;
  }
}
