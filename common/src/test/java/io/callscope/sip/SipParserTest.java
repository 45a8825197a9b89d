package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipParserTest {
  private static final String INVITE =
      """
      INVITE sip:bob@biloxi.example.com SIP/2.0\r
      Via: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds\r
      Max-Forwards: 70\r
      To: Bob <sip:bob@biloxi.example.com>\r
      From: Alice <sip:alice@atlanta.example.com>;tag=1928301774\r
      Call-ID: a84b4c76e66710@pc33.atlanta.example.com\r
      CSeq: 314159 INVITE\r
      Contact: <sip:alice@pc33.atlanta.example.com>;expires=30, "x" <sip:a@b>\r
      User-Agent:  phone 1.0 \r
      P-Asserted-Identity: "A" <sip:a@x>, <tel:+1>\r
      Content-Length: 4\r
      \r
      v=0
      """;

  @Test
  void findsEverythingInAnInvite() {
    byte[] bytes = INVITE.getBytes(StandardCharsets.ISO_8859_1);
    int[] row = new int[SipIndex.SIZE];

    assertThat(new SipParser().parseDatagram(bytes, 0, bytes.length, row)).isZero();

    SipMessage message = new SipMessage(bytes, 0, row, 0);
    assertThat(message.method()).isEqualTo(SipMethod.INVITE);
    assertThat(message.isRequest()).isTrue();
    assertThat(message.has(SipIndex.FLAGS_TRACKABLE)).isTrue();
    assertThat(message.text(SipIndex.METHOD_TEXT)).isEqualTo("INVITE");
    assertThat(message.text(SipIndex.REQUEST_URI)).isEqualTo("sip:bob@biloxi.example.com");
    assertThat(message.text(SipIndex.VIA))
        .isEqualTo("SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds");
    assertThat(message.text(SipIndex.TO_URI)).isEqualTo("sip:bob@biloxi.example.com");
    assertThat(message.length(SipIndex.TO_TAG)).isZero();
    assertThat(message.text(SipIndex.FROM_URI)).isEqualTo("sip:alice@atlanta.example.com");
    assertThat(message.text(SipIndex.FROM_TAG)).isEqualTo("1928301774");
    assertThat(message.text(SipIndex.CALL_ID)).isEqualTo("a84b4c76e66710@pc33.atlanta.example.com");
    assertThat(message.cseq()).isEqualTo(314159);
    assertThat(message.cseqMethod()).isEqualTo(SipMethod.INVITE);
    assertThat(message.text(SipIndex.CSEQ_METHOD_TEXT)).isEqualTo("INVITE");
    assertThat(message.value(SipIndex.CONTACTS)).isEqualTo(2);
    assertThat(message.value(SipIndex.CONTACT_MAX_EXPIRES)).isEqualTo(30);
    assertThat(message.text(SipIndex.CONTACT_URI)).isEqualTo("sip:alice@pc33.atlanta.example.com");
    assertThat(message.text(SipIndex.USER_AGENT)).isEqualTo("phone 1.0");
    assertThat(message.value(SipIndex.PAIS)).isEqualTo(2);
    assertThat(message.text(SipIndex.PAI1_URI)).isEqualTo("sip:a@x");
    assertThat(message.text(SipIndex.PAI2_URI)).isEqualTo("tel:+1");
    assertThat(message.value(SipIndex.CONTENT_LENGTH)).isEqualTo(4);
    assertThat(message.length()).isEqualTo(bytes.length);
    assertThat(message.value(SipIndex.HEADER_ORDER)).isEqualTo(0x71203546);
    assertThat(message.value(SipIndex.HEADER_ORDER_COUNT)).isEqualTo(8);
  }
}
