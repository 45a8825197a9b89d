package io.callscope.web.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c=IN IP4 10.0.0.1/m=audio 4000 RTP/AVP 8 0 18 3|audio 10.0.0.1:4000 PCMA PCMU G729",
        "m=audio 4000 RTP/AVP 96/c=IN IP6 2001:db8::1/a=rtpmap:96 opus|audio [2001:db8::1]:4000 opus",
        "c=IN IP4 1.2.3.4/m=audio 4000 RTP/SAVP 8|audio 1.2.3.4:4000 PCMA SRTP",
        "c=IN IP4 0.0.0.0/m=audio 4000 RTP/AVP 8|audio 0.0.0.0:4000 PCMA (on hold)",
        "c=IN IP4 1.2.3.4/m=audio 4000 RTP/AVP 8/a=sendonly|audio 1.2.3.4:4000 PCMA (on hold)",
        "c=IN IP4 1.2.3.4/a=inactive/m=audio 4 RTP/AVP 8|audio 1.2.3.4:4 PCMA (on hold)",
        "c=IN IP4 1.2.3.4/m=audio 4 RTP/AVP 8/m=video 0 RTP/AVP 31|audio 1.2.3.4:4 PCMA; video refused",
        "c=IN IP4 1.2.3.4/m=image 5000 udptl t38|image 1.2.3.4:5000",
        "s=-|no media",
        "m=audio|no media",
      })
  void saysWhatMediaGoWhere(String lines, String gist) {
    assertThat(
            Sdp.gist(
                "v=0\r\n"
                    + lines
                        .replace("/m=", "\r\nm=")
                        .replace("/c=", "\r\nc=")
                        .replace("/a=", "\r\na=")
                    + "\r\n"))
        .isEqualTo(gist);
  }

  @Test
  void isFoundInsideOfAMultipartBody() {
    assertThat(
            Sdp.gist(
                "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nc=IN IP4 1.1.1.1\r\nm=audio 2 RTP/AVP 0\r\n"))
        .isEqualTo("audio 1.1.1.1:2 PCMU");
    assertThat(Sdp.gist("Signal=5")).isEmpty();
    assertThat(Sdp.gist("")).isEmpty();
  }

  @Test
  void staysShortWhateverComes() {
    String many = "v=0\r\n" + "m=audio 1 RTP/AVP 0\r\n".repeat(1000);
    assertThat(Sdp.gist(many)).endsWith("and 28 more");
    SplittableRandom random = new SplittableRandom(7);
    String alphabet = "vmca=0 IN IP4./:\r\nrtpmap96";
    for (int i = 0; i < 2000; i++) {
      StringBuilder body = new StringBuilder("v=0\r\n");
      for (int n = random.nextInt(200); n > 0; n--) {
        body.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Sdp.gist(body.toString()).length()).isLessThan(1000);
    }
  }
}
