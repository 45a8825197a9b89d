package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.Envelope;
import io.callscope.bus.EventJson;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.callscope.tracker.Traffic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays messages written in one line each through parser and tracker and holds the events against
 * what must come.
 *
 * <pre>
 * 0.5 180(B)          at 0.5 s a reply 180 with To tag B to the caller's first method, CSeq 1
 * 3 200/BYE(B)[2]     a reply to a BYE with CSeq 2
 * 65 &lt;BYE(B)[100]     a request of the callee
 * 66 &gt;200/BYE[100]    the caller's reply to it
 * 0 REGISTER c1 c2 *  contacts; c1;0 with expires; exp=100 an Expires header; @R2 another Call-ID; ~A2 another From tag
 * </pre>
 */
final class Scenario {
  /** Time 0 of the scripts: 2024-01-01. */
  static final long EPOCH = 1_704_067_200_000_000_000L;

  private static final Pattern LINE =
      Pattern.compile(
          "([0-9.]+) ([<>]?)([A-Z]+|\\d{3})(?:/([A-Z]+))?(?:\\((\\w*)\\))?(?:\\[(\\d+)])?\\s*(.*)");

  final List<CallEvent> events = new ArrayList<>();
  final CallCounters counters = new CallCounters();
  final RegCounters regCounters = new RegCounters();
  final CallSettings settings = new CallSettings();
  final CallTracker tracker =
      new CallTracker(settings, counters, regCounters, events::add, Traffic::fail);
  private final SipParser parser = new SipParser();
  private final Map<String, String> firstMethods = new HashMap<>();
  private String calleeTag = "";
  private String calleeMethod = "";

  /** Plays lines parted by {@code ·}. */
  Scenario play(String script) {
    tracker.advance(EPOCH);
    for (String line : script.split("·", -1)) {
      playLine(line.strip());
    }
    return this;
  }

  /**
   * Plays lines that say behind {@code =>} which entries there must be after the message: To tag
   * ({@code -} for none), state and second of expiry, oldest first, as in {@code 0.5 180(B) =>
   * B:early dialog@180.5}.
   */
  void playStep(String line) {
    String[] parts = line.split("=>", -1);
    tracker.advance(EPOCH);
    playLine(parts[0].strip());
    assertThat(entries()).as(line).isEqualTo(parts[1].strip());
  }

  /** All entries there are, as {@link #playStep} names them. */
  String entries() {
    tracker.settle();
    List<String> entries = new ArrayList<>();
    for (CallEntry e = tracker.store.table.oldest(); e != null; e = e.newerEntry) {
      Map<String, Object> call = CallView.of(e, tracker.nowNanos());
      double expiry = seconds(io.callscope.bus.EventTime.nanos((String) call.get("expires")));
      entries.add(
          (call.get("toTag").equals("") ? "-" : call.get("toTag"))
              + ":"
              + call.get("state")
              + "@"
              + (expiry == Math.rint(expiry) ? Long.toString((long) expiry) : expiry));
    }
    return String.join(", ", entries);
  }

  /** Lets time go on. */
  Scenario until(double seconds) {
    tracker.advance(nanos(seconds));
    tracker.settle();
    return this;
  }

  static long nanos(double seconds) {
    return EPOCH + Math.round(seconds * 1e6) * 1000;
  }

  private void playLine(String line) {
    Matcher m = LINE.matcher(line);
    assertThat(m.matches()).as(line).isTrue();
    long now = nanos(Double.parseDouble(m.group(1)));
    tracker.advance(now);
    tracker.accept(batch(message(m), fromCallee(m), now), 0);
  }

  private static boolean fromCallee(Matcher m) {
    boolean reply = Character.isDigit(m.group(3).charAt(0));
    return m.group(2).equals("<") || (reply && !m.group(2).equals(">"));
  }

  private String message(Matcher m) {
    boolean reply = Character.isDigit(m.group(3).charAt(0));
    // A transaction of the callee: its request, or the caller's reply to one.
    boolean callees = reply ? m.group(2).equals(">") : m.group(2).equals("<");
    String callId = "call-1@192.0.2.1";
    String callerTag = "A";
    List<String> contacts = new ArrayList<>();
    String expires = "";
    String extra = "";
    for (String word : m.group(7).split("\\s+", -1)) {
      if (word.startsWith("@")) {
        callId = word.substring(1);
      } else if (word.startsWith("~")) {
        callerTag = word.substring(1);
      } else if (word.startsWith("exp=")) {
        expires = "Expires: " + word.substring(4) + "\r\n";
      } else if (word.startsWith("+")) {
        extra += word.substring(1).replace('_', ' ') + "\r\n";
      } else if (!word.isEmpty()) {
        contacts.add(word);
      }
    }
    String method = reply ? m.group(4) : m.group(3);
    if (!reply) {
      firstMethods.putIfAbsent(callId, m.group(3));
      calleeMethod = callees ? m.group(3) : calleeMethod;
    }
    if (method == null) {
      method = callees ? calleeMethod : firstMethods.getOrDefault(callId, "INVITE");
    }
    String tag = m.group(5) == null ? (callees ? calleeTag : "") : m.group(5);
    calleeTag = tag.isEmpty() ? calleeTag : tag;
    String cseq = m.group(6) == null ? "1" : m.group(6);
    boolean register = method.equals("REGISTER");
    String caller = "<sip:alice@example.com>" + (callerTag.equals("-") ? "" : ";tag=" + callerTag);
    String callee =
        (register ? "<sip:alice@example.com>" : "<sip:bob@example.net>")
            + (tag.isEmpty() ? "" : ";tag=" + tag);
    String start =
        reply
            ? "SIP/2.0 " + m.group(3) + " Reason " + m.group(3)
            : method + (register ? " sip:example.com" : " sip:bob@example.net") + " SIP/2.0";
    StringBuilder text =
        new StringBuilder(start).append("\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n");
    text.append("From: ").append(callees ? callee : caller).append("\r\n");
    text.append("To: ").append(callees ? caller : callee).append("\r\n");
    text.append("Call-ID: ").append(callId).append("\r\n");
    text.append("CSeq: ").append(cseq).append(' ').append(method).append("\r\n");
    for (String contact : contacts) {
      text.append("Contact: ").append(contact(contact)).append("\r\n");
    }
    return text + expires + extra + "\r\n";
  }

  private static String contact(String word) {
    if (word.equals("*")) {
      return word;
    }
    String[] parts = word.split(";", 2);
    String[] hostPort = parts[0].split(":", 2);
    String uri =
        "<sip:alice@"
            + hostPort[0]
            + ".example.org:"
            + (hostPort.length > 1 ? hostPort[1] : "5060")
            + ">";
    return uri + (parts.length > 1 ? ";expires=" + parts[1] : "");
  }

  private SipBatch batch(String text, boolean fromCallee, long now) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] row = new int[SipIndex.SIZE];
    assertThat(parser.parseDatagram(bytes, 0, bytes.length, row)).as(text).isEqualTo(SipError.OK);
    SipBatchBuilder builder = new SipBatchBuilder("test");
    long caller = IpAddress.lowOfIpv4(0xc0000201);
    long callee = IpAddress.lowOfIpv4(0xc0000202);
    Envelope envelope = new Envelope();
    envelope.captureNanos = now;
    envelope.arrivalNanos = now;
    envelope.sourceLow = fromCallee ? callee : caller;
    envelope.destinationLow = fromCallee ? caller : callee;
    envelope.sourcePort = fromCallee ? 5070 : 5060;
    envelope.destinationPort = fromCallee ? 5060 : 5070;
    builder.add(RecordKind.MESSAGE, envelope, 0, bytes, 0, bytes.length, row);
    return builder.build(now, false);
  }

  /**
   * The events so far must be exactly these, parted by {@code ·}: time, type, then field and value
   * in turn, for example {@code 3 call-start status 200 pdd 500}.
   */
  Scenario gives(String expected) {
    List<String> lines = new ArrayList<>();
    for (String line : expected.split("·", -1)) {
      if (!line.isBlank()) {
        lines.add(line.strip());
      }
    }
    assertThat(events).as(this::toString).hasSize(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      check(lines.get(i), events.get(i));
    }
    return this;
  }

  private void check(String line, CallEvent event) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    assertThat(seconds(event.timeNanos()))
        .as(line + "\n" + this)
        .isEqualTo(Double.parseDouble(words.get(0)));
    assertThat(event.type().text()).as(line + "\n" + this).isEqualTo(words.get(1));
    JsonObject json = EventJson.of(event);
    for (int i = 2; i < words.size(); i += 2) {
      assertThat(field(json, words.get(i)))
          .as(words.get(i) + " of " + line + "\n" + json.encodePrettily())
          .isEqualTo(words.get(i + 1));
    }
  }

  private static double seconds(long nanos) {
    return Math.round((nanos - EPOCH) / 1e6) / 1e3;
  }

  private static String field(JsonObject json, String name) {
    Object value =
        switch (name) {
          case "status" -> at(json, "sip.response.status");
          case "last" -> at(json, "sip.response.last");
          case "pdd" -> at(json, "sip.pdd");
          case "ring" -> at(json, "sip.ring_time");
          case "fr_delay" -> at(json, "sip.fr_delay");
          case "by" -> at(json, "sip.originator");
          case "unmatched" -> at(json, "sip.unmatched_invite");
          case "reason" -> at(json, "sip.sip_reason");
          case "totag" -> at(json, "sip.totag");
          case "fromtag" -> at(json, "sip.fromtag");
          case "call" -> at(json, "sip.call_id");
          case "contact" -> at(json, "sip.contact");
          case "client" -> at(json, "client.ip");
          case "server" -> at(json, "server.ip");
          case "method" -> at(json, "sip.request.method");
          case "uri" -> at(json, "uri.original");
          case "ua" -> at(json, "user_agent.original");
          case "pai1" -> at(json, "sip.pai1");
          case "uas" -> at(json, "uas.original");
          case "trace" -> at(json, "dbg.msg_trace");
          case "states" -> at(json, "dbg.prev_state");
          case "state" -> at(json, "dbg.state");
          case "evgen" -> at(json, "dbg.evgen");
          case "marks" -> at(json, "dbg.evflags");
          case "flags" -> at(json, "dbg.call_flags");
          case "req", "repl", "req_retr", "repl_retr" -> sum(json, name);
          default -> at(json, "event." + name);
        };
    return value == null ? "-" : value.toString();
  }

  private static int sum(JsonObject json, String name) {
    String field = name.endsWith("_retr") ? name : name + "_no";
    JsonArray pair = json.getJsonObject("dbg").getJsonArray(field);
    return pair.getInteger(0) + pair.getInteger(1);
  }

  private static Object at(JsonObject json, String path) {
    JsonObject at = json;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      at = at.getJsonObject(names[i]);
      if (at == null) {
        return null;
      }
    }
    return at.getValue(names[names.length - 1]);
  }

  /** Seconds at which the entry of a Call-ID and To tag expires. */
  double expiry(String callId, String toTag) {
    for (Map<String, Object> call : tracker.query().call(callId)) {
      if (call.get("toTag").equals(toTag)) {
        return seconds(io.callscope.bus.EventTime.nanos((String) call.get("expires")));
      }
    }
    throw new AssertionError("no entry " + callId + " " + toTag);
  }

  /** No entry, binding or timer is left. */
  Scenario leavesNothing() {
    assertThat(tracker.query().callTable()).containsEntry("entries", 0);
    assertThat(tracker.query().bindingTable()).containsEntry("entries", 0);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (CallEvent event : events) {
      JsonObject json = EventJson.of(event);
      text.append(seconds(event.timeNanos())).append(' ').append(event.type().text());
      for (String name :
          List.of(
              "call",
              "totag",
              "status",
              "last",
              "pdd",
              "ring",
              "fr_delay",
              "duration",
              "duration2",
              "duration3",
              "min_length",
              "lifetime",
              "by",
              "unmatched",
              "reason",
              "contact",
              "evgen",
              "trace")) {
        String value = field(json, name);
        text.append(value.equals("-") ? "" : " " + name + "=" + value);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
