package io.callscope.capture.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.capture.packet.PayloadKind;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadClassifierTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty datagram,               '',                                       KEEPALIVE",
    "two zeros,                    0000,                                     KEEPALIVE",
    "CRLF,                         0d0a,                                     KEEPALIVE",
    "CRLFCRLF,                     0d0a0d0a,                                 KEEPALIVE",
    "CRLFCRLF and blanks,          0d0a0d0a2020,                             KEEPALIVE",
    "four zeros,                   00000000,                                 KEEPALIVE",
    "a single byte,                05,                                       NOT_SIP",
    "STUN,                         000100002112a442000000000000000000000000, STUN",
    "STUN answer,                  010100002112a442000000000000000000000000, STUN",
    "STUN cut before its end,      000100002112a4420000000000000000000000,   NOT_SIP",
    "RTP,                          80000001000000a0deadbeef,                 RTP",
    "RTP with marker and payload,  80e00001000000a0deadbeef0102,             RTP",
    "RTCP,                         80c80006deadbeef,                         RTCP",
    "RTP cut before its end,       80000001000000a0,                         NOT_SIP",
    "T.38,                         000001060000000000000000000000,           NOT_SIP",
    "DTLS,                         16fefd000000000000000000010102,           DTLS",
    "DTLS cut before its end,      16fefd0000000000000000,                   NOT_SIP",
    "ABCDEFGHIJKL,                 4142434445464748494a4b4c,                 NOT_SIP",
    "ABCDEFGHIJKLM,                4142434445464748494a4b4c4d,               SIP",
    "DNS whose id has a letter,    417f01000001000000000000017800000100,     SIP",
    "CRLF and ABCDEFGHIJKLM,       0d0a4142434445464748494a4b4c4d,           SIP",
    "CRLF and ABCDEFGHIJKL,        0d0a4142434445464748494a4b4c,             NOT_SIP",
    "thirteen bytes from z,        7a42434445464748494a4b4c4d,               SIP",
    "thirteen bytes from @,        4042434445464748494a4b4c4d,               NOT_SIP",
    "thirteen bytes from [,        5b42434445464748494a4b4c4d,               NOT_SIP",
    "thirteen bytes from 0xc1,     c142434445464748494a4b4c4d,               NOT_SIP",
    "VXLAN,                        080000000000070002000000000102,           NOT_SIP"
  })
  void tellsWhatAPayloadIs(String name, String hex, PayloadKind kind) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    int from = PayloadClassifier.skipLineEnds(bytes, 0, bytes.length);
    assertThat(PayloadClassifier.of(bytes, from, bytes.length)).isEqualTo(kind);
  }
}
