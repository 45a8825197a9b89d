package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** The signature against its second implementation. */
public final class SipSignatureFuzz {
  private SipSignatureFuzz() {}

  /** A Call-ID, a tag and a Via, a line each. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = Vectors.text(input, 0, input.length).split("\n", 3);
    check("Call-ID: " + lines[0], SipIndex.CALL_ID, lines[0]);
    if (lines.length > 1) {
      check("From: <sip:a@b>;tag=" + lines[1], SipIndex.FROM_TAG, lines[1]);
    }
    if (lines.length > 2) {
      check("Via: " + lines[2], SipIndex.VIA, lines[2]);
    }
  }

  private static void check(String header, int span, String value) {
    Outcome outcome = Outcome.of("INVITE sip:a@b SIP/2.0\r\n" + header + "\r\n\r\n");
    // What is no value as a whole is signed as something else.
    if (outcome.error() != SipError.OK || value.isEmpty() || !outcome.text(span).equals(value)) {
      return;
    }
    SipSignature signature = new SipSignature();
    signature.compute(outcome.message());
    String text = SipSignature.text(signature.head(), signature.tail());
    String expected =
        switch (span) {
          case SipIndex.CALL_ID -> "I" + SignatureModel.callId(value) + "F0000V0000";
          case SipIndex.FROM_TAG -> "I000000F" + SignatureModel.text(value) + "V0000";
          default -> "I000000F0000V" + SignatureModel.via(value);
        };
    assertThat(text).endsWith(expected);
  }

  public static List<byte[]> seeds() {
    return Stream.of(
            "a84b4c76e66710@192.0.2.1\n1928301774\nSIP/2.0/UDP h;branch=z9hG4bK776asdhds",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6@[2001:db8::1]:5060\na6c85cf==\nx;branch=\"q\"",
            "deadbeefDEADBEEF+/==\n1:2:3:4:5:6:7:8\nSIP/2.0/TCP a , SIP/2.0/UDP b;branch=1")
        .map(Vectors::bytes)
        .toList();
  }
}
