package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.tracker.Traffic;
import io.callscope.tracker.Traffic.Message;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which header of which message fills which attribute of an entry. */
class AttributesTest {
  private static String attribute(Scenario scenario, String name) {
    Map<String, Object> call = scenario.tracker.query().call("call-1@192.0.2.1").get(0);
    return (String) call.get(name);
  }

  @ParameterizedTest(name = "after \"{0}\" {1} is \"{2}\"")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 INVITE +User-Agent:_A | userAgent | A
          0 INVITE +User-Agent:_A · 1 200(B) +User-Agent:_B | uas | B
          0 INVITE +User-Agent:_A · 1 200(B) +User-Agent:_B | userAgent | A
          0 INVITE · 1 200(B) +Server:_S | uas | S
          0 INVITE · 1 200(B) +User-Agent:_B +Server:_S | uas | B
          0 INVITE +Server:_S | userAgent | ''
          0 INVITE · 1 200(B) · 2 <BYE(B)[9] +User-Agent:_B | uas | B
          0 INVITE · 1 200(B) · 2 <BYE(B)[9] · 3 >200/BYE(B)[9] +User-Agent:_A | userAgent | A
          0 INVITE · 1 200(B) +User-Agent:_B · 2 <BYE(B)[9] +User-Agent:_C | uas | B
          0 INVITE c1 | contact | sip:alice@c1.example.org:5060
          0 INVITE c1 c2 | contact | sip:alice@c1.example.org:5060
          0 INVITE · 1 200(B) c2 | contact | ''
          0 INVITE · 1 200(B) · 2 ACK(B) c3 | contact | sip:alice@c3.example.org:5060
          0 INVITE c1 · 1 200(B) · 2 INVITE(B)[2] c3 | contact | sip:alice@c1.example.org:5060
          0 INVITE · 1 200(B) · 2 <INVITE(B)[2] c3 | contact | ''
          0 200(B) c1 | contact | ''
          0 200/REGISTER(B) c1;60 | contact | sip:alice@c1.example.org:5060
          0 180/REGISTER(B) c1;60 | contact | ''
          0 REGISTER c1 · 1 401(X) · 2 REGISTER[2] c2 | contact | sip:alice@c2.example.org:5060
          0 REGISTER * | contact | *
          0 REGISTER c1 · 1 200(Y) c1;60 · 2 REGISTER[2] | contact | sip:alice@c1.example.org:5060
          0 INVITE +P-Asserted-Identity:_<sip:1@x>,<tel:+2> | pai1 | sip:1@x
          0 INVITE +P-Asserted-Identity:_<sip:1@x>,<tel:+2> | pai2 | tel:+2
          0 INVITE +P-Asserted-Identity:_<sip:1@x> · 1 200(B) · 2 INVITE(B)[2] +P-Asserted-Identity:_<sip:3@x> | pai1 | sip:3@x
          0 INVITE +P-Asserted-Identity:_<sip:1@x> · 1 200(B) · 2 BYE(B)[2] +P-Asserted-Identity:_<sip:3@x> | pai1 | sip:1@x
          0 INVITE · 1 200(B) · 2 BYE(B)[2] +P-Asserted-Identity:_<sip:3@x> | pai1 | sip:3@x
          0 INVITE · 1 200(B) +P-Asserted-Identity:_<sip:3@x> | pai1 | ''
          0 INVITE · 1 200(B) · 2 <INFO(B)[7] +P-Asserted-Identity:_<sip:3@x> | pai1 | ''
          0 INVITE | uri | sip:bob@example.net
          0 180(B) | uri | ''
          0 180(B) · 1 INVITE | uri | ''
          0 180(B) · 1 <BYE(B)[9] | uri | ''
          0 180(B) · 1 ACK(B) | uri | sip:bob@example.net
          0 INVITE · 1 486(B) | reason | Reason 486
          0 INVITE · 1 180(B) · 2 200/PRACK(B)[2] | reason | Reason 180
          0 INVITE · 1 200(B) · 2 200/BYE(B)[2] | reason | Reason 200
          0 INVITE · 1 183(B) · 2 180(B) | reason | Reason 183
          0 INVITE | from | sip:alice@example.com
          0 INVITE | to | sip:bob@example.net
          0 <BYE(B)[2] | from | sip:bob@example.net
          0 <BYE(B)[2] | to | sip:alice@example.com
          0 200/BYE(B)[2] | method | BYE
          """)
  void firstComeFirstKept(String script, String name, String value) {
    assertThat(attribute(new Scenario().play(script), name)).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource({
    "from, From: <sip:, @a.example.com>;tag=A, 96",
    "to, To: <sip:, @a.example.com>, 96",
    "contact, Contact: <sip:, @a.example.com>, 160",
    "pai1, P-Asserted-Identity: <sip:, @a.example.com>, 160",
    "userAgent, User-Agent: , x, 64"
  })
  void longTextsAreCut(String name, String start, String end, int longest) {
    Message plain = Traffic.Dialog.call(1).request("INVITE", "", 1);
    String header = start + "u".repeat(300) + end;
    String old = header.substring(0, header.indexOf(':') + 1);
    String text =
        plain.text().contains("\r\n" + old)
            ? plain.text().replaceFirst("\r\n" + old + "[^\r]*", "\r\n" + header)
            : plain.text().replaceFirst("\r\nCSeq", "\r\n" + header + "\r\nCSeq");
    Scenario scenario = new Scenario();
    scenario.tracker.advance(Traffic.EPOCH);
    Message message = new Message(text, false);
    scenario.tracker.accept(
        new Traffic.Feed("pcap").add(message, Traffic.EPOCH).build(Traffic.EPOCH), 0);

    CallEntry entry = scenario.tracker.store.table.oldest();
    assertThat((String) CallView.of(entry, Traffic.EPOCH).get(name)).hasSize(longest);
  }

  @Test
  void aLongReasonIsCutAndSoIsALongMethod() {
    Scenario scenario = new Scenario();
    Traffic.Dialog call = Traffic.Dialog.call(1);
    Traffic.Feed feed = new Traffic.Feed("pcap");
    String method = "M".repeat(40);
    scenario.tracker.advance(Traffic.EPOCH);
    scenario.tracker.accept(feed.add(call.request(method, "", 1), Traffic.EPOCH).build(0), 0);
    Message reply = call.reply(404, method, "b", 1);
    reply = new Message(reply.text().replace(" Why", " " + "w".repeat(200)), true);
    scenario.tracker.accept(feed.add(reply, Traffic.EPOCH).build(0), 0);
    scenario.until(100);

    var texts = scenario.events.get(0);
    assertThat(texts.text(io.callscope.bus.EventText.REASON)).hasSize(64);
    assertThat(texts.text(io.callscope.bus.EventText.METHOD)).isEqualTo("M".repeat(16));
  }
}
