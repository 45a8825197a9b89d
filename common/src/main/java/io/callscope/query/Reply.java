package io.callscope.query;

import java.util.Map;

/** Where the answer of a query goes; one of the methods is called, once. */
public interface Reply {
  void answer(Map<String, Object> answer);

  void refuse(String reason);

  /** Refuses what is good, but too much now. */
  default void putOff(String reason) {
    refuse(reason);
  }
}
