package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipTextTest {
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void buildsARequest() {
    assertThat(text(SipText.request("INVITE", "c1", "A", "", 7, "Contact: <sip:a@1.2.3.4>")))
        .isEqualTo(
            """
            INVITE sip:bob@example.com SIP/2.0\r
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r
            From: <sip:alice@example.com>;tag=A\r
            To: <sip:bob@example.com>\r
            Call-ID: c1\r
            CSeq: 7 INVITE\r
            Contact: <sip:a@1.2.3.4>\r
            Content-Length: 0\r
            \r
            """);
  }

  @Test
  void buildsAReply() {
    assertThat(text(SipText.reply(486, "INVITE", "c1", "A", "B", 7)))
        .startsWith("SIP/2.0 486 Busy Here\r\n")
        .contains("To: <sip:bob@example.com>;tag=B\r\nCall-ID: c1\r\nCSeq: 7 INVITE\r\n");
  }

  @Test
  void replacesWhatItIsGiven() {
    byte[] bytes =
        SipText.reply(200, "REGISTER")
            .dialog("c", "", "")
            .cseqMethod("PUBLISH")
            .from("sip:x@y")
            .to("sip:z@y")
            .via("SIP/2.0/TCP h;branch=b")
            .reason("Fine")
            .header("Contact", "<sip:1@h>")
            .header("contact", "<sip:2@h>;expires=60")
            .and("Contact: <sip:3@h>")
            .bytes();
    assertThat(text(bytes))
        .isEqualTo(
            """
            SIP/2.0 200 Fine\r
            Via: SIP/2.0/TCP h;branch=b\r
            From: sip:x@y\r
            To: sip:z@y\r
            Call-ID: c\r
            CSeq: 1 PUBLISH\r
            contact: <sip:2@h>;expires=60\r
            Contact: <sip:3@h>\r
            Content-Length: 0\r
            \r
            """);
  }

  @Test
  void countsTheBytesOfABody() {
    NaiveSip sip =
        NaiveSip.of(SipText.request("MESSAGE").uri("sip:x").body("text/plain", "grün").bytes());
    assertThat(sip.startLine()).isEqualTo("MESSAGE sip:x SIP/2.0");
    assertThat(sip.header("Content-Length")).isEqualTo("5");
    assertThat(sip.body()).hasSize(5);
  }
}
