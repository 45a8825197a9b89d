package io.callscope.query;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the answer of a query goes; one of the methods is called, once. */
public interface Reply {
  void answer(Map<String, Object> answer);

  void refuse(String reason);

  /** Refuses what is good, but too much now. */
  default void putOff(String reason) {
    refuse(reason);
  }

  /** The same, with one field more in its answer. */
  default Reply with(String field, Object value) {
    Reply reply = this;
    return new Reply() {
      @Override
      public void answer(Map<String, Object> answer) {
        Map<String, Object> more = new LinkedHashMap<>(answer);
        more.put(field, value);
        reply.answer(more);
      }

      @Override
      public void refuse(String reason) {
        reply.refuse(reason);
      }

      @Override
      public void putOff(String reason) {
        reply.putOff(reason);
      }
    };
  }
}
