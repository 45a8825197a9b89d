package io.callscope.web.ladder;

import io.callscope.sip.SipMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells offers from answers (RFC 3264, RFC 6337), messages in order of time. */
final class OfferAnswer {
  private final Set<String> offeringRequests = new HashSet<>();

  /** By Call-ID: the transaction in whose reply the last offer came, until it is answered. */
  private final Map<String, String> open = new HashMap<>();

  private final Set<String> answered = new HashSet<>();

  /** {@code offer} or {@code answer}, for a message that has a session description. */
  String role(SipView message) {
    String transaction = message.callId() + '\n' + message.cseq() + '\n' + message.method();
    if (message.isReply()) {
      if (offeringRequests.contains(transaction)) {
        return "answer";
      }
      if (!answered.contains(transaction)) {
        open.put(message.callId(), transaction);
      }
      return "offer";
    }
    if (message.is(SipMethod.ACK) || message.is(SipMethod.PRACK)) {
      String offer = open.remove(message.callId());
      boolean repeated = answered.contains(transaction);
      if (offer != null || repeated) {
        answered.add(transaction);
        answered.add(offer == null ? transaction : offer);
        return "answer";
      }
    }
    offeringRequests.add(transaction);
    return "offer";
  }
}
