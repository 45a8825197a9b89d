package io.callscope.web.ladder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the callees of an INVITE that went to several: each has a To tag of its own (RFC 3261
 * §12.1). A failure that a proxy chose for all of them is no callee.
 */
final class Forks {
  private final Map<String, List<String>> callees = new HashMap<>();

  /** Takes note of a message, in a first pass over all. */
  void see(SipView message) {
    boolean answers =
        message.isReply()
            && message.isInvite()
            && message.status() > 100
            && message.status() < 300
            && !message.toTag().isEmpty();
    if (answers) {
      List<String> tags =
          callees.computeIfAbsent(
              message.callId() + '\n' + message.fromTag(), key -> new ArrayList<>());
      if (!tags.contains(message.toTag())) {
        tags.add(message.toTag());
      }
    }
  }

  /** The callee that a message comes from or goes to, from 1; 0 if there is but one. */
  int of(SipView message) {
    int callee = of(message, message.fromTag(), message.toTag());
    return callee > 0 ? callee : of(message, message.toTag(), message.fromTag());
  }

  private int of(SipView message, String caller, String callee) {
    List<String> tags = callees.getOrDefault(message.callId() + '\n' + caller, List.of());
    return tags.size() < 2 ? 0 : tags.indexOf(callee) + 1;
  }
}
