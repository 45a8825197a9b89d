package io.callscope.web.ladder;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the callees of an INVITE that went to several: each has a To tag of its own (RFC 3261
 * §12.1). A failure that a proxy chose for all of them is no callee.
 */
final class Forks {
  /** By call: the numbers of its callees, from 1, by their tags. */
  private final Map<String, Map<String, Integer>> callees = new HashMap<>();

  /** Takes note of a message, in a first pass over all. */
  void see(SipView message) {
    boolean answers =
        message.isReply()
            && message.isInvite()
            && message.status() > 100
            && message.status() < 300
            && !message.toTag().isEmpty();
    if (answers) {
      Map<String, Integer> numbers =
          callees.computeIfAbsent(
              message.callId() + '\n' + message.fromTag(), key -> new HashMap<>());
      numbers.putIfAbsent(message.toTag(), numbers.size() + 1);
    }
  }

  /** The callee that a message comes from or goes to, from 1; 0 if there is but one. */
  int of(SipView message) {
    int callee = of(message, message.fromTag(), message.toTag());
    return callee > 0 ? callee : of(message, message.toTag(), message.fromTag());
  }

  private int of(SipView message, String caller, String callee) {
    Map<String, Integer> numbers = callees.getOrDefault(message.callId() + '\n' + caller, Map.of());
    return numbers.size() < 2 ? 0 : numbers.getOrDefault(callee, 0);
  }
}
