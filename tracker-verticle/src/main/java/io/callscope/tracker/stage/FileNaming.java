package io.callscope.tracker.stage;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.pcap.CallFileNames;
import java.nio.charset.StandardCharsets;

/**
 * Tells in events where the capture file of their call is. It computes that and does not look:
 * messages may still be gathered, dropped, or not wanted. One thread.
 */
public final class FileNaming {
  private final CallFileNames names;
  private final boolean errors;
  private boolean on;

  /**
   * @param names null where nothing is ever dumped
   * @param on whether messages are dumped at the start
   * @param errors whether those that do not parse are too
   */
  public FileNaming(CallFileNames names, boolean on, boolean errors) {
    this.names = names;
    this.on = on;
    this.errors = errors;
  }

  /** Where nothing is ever dumped. */
  public static FileNaming none() {
    return new FileNaming(null, false, false);
  }

  public void turn(boolean isOn) {
    on = isOn;
  }

  /** The event with the name of its file, if there may be one. */
  public CallEvent name(CallEvent event) {
    if (names == null
        || !on
        || !event.texts().has(EventText.CALL_ID)
        || (event.type() == EventType.PARSE_ERROR && !errors)) {
      return event;
    }
    byte[] callId = event.texts().raw(EventText.CALL_ID);
    byte[] path = names.path(callId, 0, callId.length).getBytes(StandardCharsets.UTF_8);
    return event.with(event.texts().with(EventText.FILENAME, path));
  }
}
