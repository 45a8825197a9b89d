package io.callscope.tracker.call;

/** Bits of {@code dbg.call_flags}. */
final class CallFlags {
  static final int REUSED = 2;
  static final int FORK_CHILD = 8;
  static final int FORK_PARENT = 16;
  static final int TIMEOUT = 128;
  static final int FORCED_TIMEOUT = 256;
  static final int CALLEE_TERMINATED = 512;
  static final int DELAYED_REG_DEL = 1024;
  static final int STOLEN_REG_BINDING = 2048;
  static final int CACHED_REG_BINDING = 4096;

  private static final String[] NAMES = {
    "Entry_Hashed",
    "Reused",
    "REG_Reuse_Hack",
    "Fork_Child",
    "Fork_Parent",
    "Canceled",
    "Internal_Cancel",
    "Timeout",
    "Forced_Timeout",
    "Callee_Terminated",
    "Delayed_RegDel",
    "Stolen_RegBinding",
    "Cached_RegBinding"
  };

  private CallFlags() {}

  /** Names of the set bits joined by {@code |}. */
  static String text(int flags) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < NAMES.length; i++) {
      if ((flags & (1 << i)) != 0) {
        text.append(text.isEmpty() ? "" : "|").append(NAMES[i]);
      }
    }
    return text.toString();
  }
}
