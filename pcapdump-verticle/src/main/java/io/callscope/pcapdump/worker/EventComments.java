package io.callscope.pcapdump.worker;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.CallId;
import io.callscope.pcapdump.file.DumpCounters;
import io.callscope.sip.CallIdHash;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/**
 * Notes events on the messages that raised them: known by Call-ID and time, since a message's event
 * has its time. Either may come first; an event of a message that is on the disk already, or that a
 * timer raised, is noted nowhere. One thread.
 */
final class EventComments {
  /** Events that wait for their message. */
  private static final int MAX_WAITING = 1024;

  private final CallFiles files;
  private final DumpCounters counters;
  private final LinkedHashMap<CallId, CallEvent> waiting = new LinkedHashMap<>();

  EventComments(CallFiles files, DumpCounters counters) {
    this.files = files;
    this.counters = counters;
  }

  void raised(CallEvent event) {
    byte[] bytes = event.texts().raw(EventText.CALL_ID);
    CallId id = new CallId();
    id.set(bytes, 0, bytes.length, CallIdHash.of(bytes, 0, bytes.length));
    if (!note(id, event)) {
      if (waiting.put(id, event) != null) {
        counters.unnoted();
      }
      if (waiting.size() > MAX_WAITING) {
        waiting.remove(waiting.keySet().iterator().next());
        counters.unnoted();
      }
    }
  }

  /** A message was taken. */
  void written(CallId id, long nanos) {
    if (waiting.isEmpty()) {
      return;
    }
    CallEvent event = waiting.get(id);
    if (event != null && event.timeNanos() <= nanos) {
      waiting.remove(id);
      if (!note(id, event)) {
        counters.unnoted();
      }
    }
  }

  private boolean note(CallId id, CallEvent event) {
    byte[] text = ("event " + event.type().text()).getBytes(StandardCharsets.US_ASCII);
    return files.comment(id, event.timeNanos(), text);
  }
}
