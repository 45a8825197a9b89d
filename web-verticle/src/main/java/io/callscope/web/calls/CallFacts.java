package io.callscope.web.calls;

import io.callscope.net.Ends;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Links;
import io.callscope.web.view.QualityFacts;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The facts of a call entry with their labels. */
final class CallFacts {
  private static final String[][] TEXTS = {
    {"Method", "method"},
    {"From", "from"},
    {"To", "to"},
    {"Request URI", "uri"},
    {"Contact", "contact"},
    {"Reason", "reason"},
    {"User-Agent of the caller", "userAgent"},
    {"User-Agent of the callee", "uas"},
    {"P-Asserted-Identity", "pai1"},
    {"P-Asserted-Identity 2", "pai2"},
    {"Transport", "transport"},
    {"From tag", "fromTag"},
    {"To tag", "toTag"},
    {"Flags", "flags"},
    {"Events so far", "events"},
    {"Last event", "lastEvent"},
    {"Request signature", "signature"},
    {"Entry", "id"},
  };

  /** In place of the method of a side that has sent none. */
  private static final String NONE = "\u2013";

  private static final String[][] PAIRS = {
    {"CSeq", "cseq"},
    {"CSeq of replies", "replyCseq"},
    {"Requests", "requests"},
    {"Requests repeated", "requestRetransmissions"},
    {"Replies", "replies"},
    {"Replies repeated", "replyRetransmissions"},
    {"Last method", "lastMethod"},
    {"Last status", "lastStatus"},
    {"Status", "status"},
  };

  private CallFacts() {}

  static List<Fact> facts(JsonCall call) {
    long created = call.time("created");
    long early = call.time("earlyDialog");
    long answered = call.time("finalReply");
    long expires = call.time("expires");
    long left = call.json().getLong("expiresInMillis", 0L) * 1_000_000;
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Created", Times.moment(created)));
    facts.add(new Fact("Early dialog", Times.moment(early)));
    facts.add(new Fact("Final reply", Times.moment(answered)));
    facts.add(new Fact("Post-dial delay", Times.between(created, early == 0 ? answered : early)));
    facts.add(new Fact("Ring time", Times.between(early, answered)));
    if (expires != 0) {
      facts.add(new Fact("Age", Times.between(created, expires - left)));
    }
    if (call.time("forked") != 0) {
      facts.add(new Fact("Forked", Times.moment(call.time("forked"))));
    }
    facts.add(new Fact("Expires", Times.moment(expires) + " (in " + Times.duration(left) + ")"));
    String sbc = call.raw("sbc");
    if (!sbc.isEmpty()) {
      facts.add(new Fact("SBC", call.text("sbc"), Links.sbc(sbc)));
    }
    for (String[] text : TEXTS) {
      if (!call.raw(text[1]).isEmpty()) {
        facts.add(new Fact(text[0], call.text(text[1])));
      }
    }
    JsonObject quality = call.json().getJsonObject("quality");
    if (quality != null) {
      facts.addAll(QualityFacts.of(quality));
    }
    String client = call.raw("client");
    facts.add(new Fact("Rates of the caller", Shown.plain(client), Links.rates("", client)));
    for (JsonObject binding : call.bindings()) {
      String aor = binding.getString("aor", "");
      facts.add(new Fact("Registered as", Shown.brief(aor), Links.bindings(aor)));
      facts.add(new Fact("At", Shown.brief(binding.getString("contact", "")) + moved(binding)));
    }
    return facts;
  }

  /** Behind a NAT that has moved its client, the contact is not where the client is. */
  private static String moved(JsonObject binding) {
    int moves = binding.getInteger("moves", 0);
    String source = Shown.plain(binding.getString("source", ""));
    return moves == 0
        ? ""
        : ", reached at "
            + Ends.of(source, binding.getInteger("sourcePort", 0))
            + " after "
            + moves
            + (moves == 1 ? " move" : " moves");
  }

  /** Counts as {@code caller:callee}. */
  static List<Fact> counts(JsonCall call) {
    List<Fact> counts = new ArrayList<>();
    for (String[] pair : PAIRS) {
      counts.add(new Fact(pair[0], call.pair(pair[1]).replace("UNDEF", NONE)));
    }
    return counts;
  }
}
