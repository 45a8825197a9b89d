package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** URIs: every part lies in the URI, what stands around it does not matter, it equals itself. */
public final class SipUriFuzz {
  private static final int[] PARTS = {
    SipUri.SCHEME,
    SipUri.USER,
    SipUri.PASSWORD,
    SipUri.HOST,
    SipUri.PORT,
    SipUri.PARAMS,
    SipUri.HEADERS,
    SipUri.SHORT
  };
  private static final int MARGIN = 3;

  private SipUriFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    SipUri uri = parsed(input, (byte) '@');
    SipUri other = parsed(input, (byte) '7');
    int error = uri.parse(uri.bytes(), MARGIN, input.length);
    assertThat(other.parse(other.bytes(), MARGIN, input.length)).isEqualTo(error);
    assertThat(error).isBetween(SipUri.OK, SipUri.TOO_SHORT);
    if (error != SipUri.OK) {
      return;
    }
    for (int part : PARTS) {
      assertThat(uri.text(part)).isEqualTo(other.text(part));
      assertThat(uri.length(part)).isBetween(0, input.length);
      if (uri.length(part) > 0) {
        assertThat(uri.at(part)).isBetween(MARGIN, MARGIN + input.length - uri.length(part));
      }
    }
    assertThat(uri.port()).isBetween(0, 65_535);
    assertThat(UriCompare.sameShort(uri, other)).isTrue();
    SipUri brief = new SipUri();
    byte[] text =
        Arrays.copyOfRange(
            uri.bytes(), uri.at(SipUri.SHORT), uri.at(SipUri.SHORT) + uri.length(SipUri.SHORT));
    if (brief.parse(text, 0, text.length) == SipUri.OK) {
      assertThat(UriCompare.sameShort(uri, brief)).as(brief.text(SipUri.WHOLE)).isTrue();
    }
    UriCompare compare = new UriCompare();
    assertThat(compare.sameFull(uri, other)).isEqualTo(compare.sameFull(other, uri));
  }

  private static SipUri parsed(byte[] input, byte around) {
    byte[] bytes = new byte[input.length + 2 * MARGIN];
    Arrays.fill(bytes, around);
    System.arraycopy(input, 0, bytes, MARGIN, input.length);
    SipUri uri = new SipUri();
    uri.parse(bytes, MARGIN, input.length);
    return uri;
  }

  public static List<byte[]> seeds() {
    return Stream.of(
            "sip:alice@example.org",
            "sips:alice:secret@[2001:db8::1]:5061;transport=tcp;lr?subject=x&to=a%40b",
            "tel:+1-201-555-0123;phone-context=example.org",
            "sip:a;b?c:d@h:5060",
            "sip:[::1]",
            "sip:example.org:5060;maddr=192.0.2.1;ttl=15;method=INVITE;user=phone")
        .map(Vectors::bytes)
        .toList();
  }
}
