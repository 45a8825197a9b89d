package io.callscope.pcapdump.worker;

import io.callscope.query.Fields;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Changes of {@code docs/bus.md} at run time. One thread changes; any may ask for the state. */
public final class DumpControls {
  private final AtomicReference<DumpState> state;

  public DumpControls(boolean on) {
    state = new AtomicReference<>(new DumpState(on, CallFilter.ALL));
  }

  public DumpState state() {
    return state.get();
  }

  /**
   * Makes a change.
   *
   * @return what came of it
   * @throws IllegalArgumentException if it is unknown or a value is wrong; nothing is changed then
   */
  public Map<String, Object> apply(Map<String, Object> asked) {
    Fields change = new Fields(asked);
    return switch (change.text("change")) {
      case "dumping" -> dumping(change);
      case "filter" -> filter(change);
      default -> throw new IllegalArgumentException("no such change: " + change.text("change"));
    };
  }

  private Map<String, Object> dumping(Fields change) {
    if (!change.has("on")) {
      throw new IllegalArgumentException("on must be given");
    }
    boolean on = change.flag("on", false);
    state.set(new DumpState(on, state().filter()));
    return Map.of("on", on);
  }

  private Map<String, Object> filter(Fields change) {
    CallFilter filter = CallFilter.of(change);
    state.set(new DumpState(state().on(), filter));
    return filter.fields();
  }
}
