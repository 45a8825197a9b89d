package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature against a second implementation made of strings and regular expressions. */
class SignatureModelTest {
  private static final int ROUNDS = 10_000;
  private static final String[] ALPHABETS = {
    "0123456789",
    "0123456789abcdef",
    "0123456789ABCDEF-",
    "0123456789abcdefABCDEF._-",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=",
    "0123456789.:[]af@",
    "aZ1@.:-*/+=_|%~!",
    "1:",
    "12.",
  };
  private static final String[] PIECES = {
    "192.0.2.1",
    "@10.1.2.3",
    "[2001:db8::1]",
    "fe80::1",
    "::",
    "==",
    "=",
    "@",
    "1234-5678",
    "deadbeef",
    "300.1.1.1",
    "1:2:3:4:5:6:7:8",
    "z9hG4bK"
  };

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int parts = random.nextInt(4); parts >= 0; parts--) {
      if (random.nextInt(3) == 0) {
        word.append(PIECES[random.nextInt(PIECES.length)]);
      } else {
        String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
        for (int i = random.nextInt(12); i > 0; i--) {
          word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
    }
    return word.toString();
  }

  private static String via(SplittableRandom random) {
    String[] bits = {
      "branch=",
      "z9hG4bK",
      "Z9HG4BK",
      ";",
      "; ",
      " ",
      ",",
      "=",
      "rport",
      "branch",
      "received=1.2.3.4",
      "\"",
      "x=\"a;b\"",
      "h",
      "@",
      "\\\"",
      "BRANCH = ",
      "\t",
      "\u0001",
      "?"
    };
    StringBuilder via = new StringBuilder("SIP/2.0/UDP h");
    if (random.nextBoolean()) {
      via.append(";branch=z9hG4bK").append(word(random));
    }
    for (int parts = random.nextInt(10); parts >= 0; parts--) {
      via.append(random.nextInt(4) == 0 ? word(random) : bits[random.nextInt(bits.length)]);
    }
    return via.toString().strip();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void callIdsAgree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String callId = "a".repeat(random.nextInt(2)) + word(random);
      if (!callId.isEmpty()) {
        assertThat(SipSignatureTest.ofHeaders("Call-ID: " + callId + "\r\n"))
            .as(callId)
            .isEqualTo("20I" + SignatureModel.callId(callId) + "F0000V0000");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tagsAgree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String tag = word(random);
      assertThat(SipSignatureTest.ofHeaders("From: <sip:a@b>;tag=" + tag + "\r\n"))
          .as(tag)
          .isEqualTo("23I000000F" + SignatureModel.text(tag) + "V0000");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void viasAgree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flagged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String via = via(random);
      String expected = SignatureModel.via(via);
      flagged += expected.equals("0000") ? 0 : 1;
      assertThat(SipSignatureTest.ofHeaders("Via: " + via + "\r\n"))
          .as(via)
          .isEqualTo("26I000000F0000V" + expected);
    }
    assertThat(flagged).isGreaterThan(ROUNDS / 100);
  }
}
