package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole messages: framing, bodies, and what an error leaves. */
class MessageTest {
  private static final String HEADERS =
      """
      INVITE sip:bob@biloxi.example.com SIP/2.0\r
      Via: SIP/2.0/UDP pc33.example.com;branch=z9hG4bK776asdhds\r
      To: Bob <sip:bob@biloxi.example.com>\r
      From: Alice <sip:alice@atlanta.example.com>;tag=1928301774\r
      Call-ID: a84b4c76e66710@pc33.example.com\r
      CSeq: 314159 INVITE\r
      """;
  private static final String MESSAGE = HEADERS + "Content-Length: 4\r\n\r\nv=0\n";

  private static Outcome datagram(String message) {
    return Outcome.of(message);
  }

  private static int stream(String message, boolean takeBody) {
    byte[] bytes = Vectors.bytes(message);
    SipParser parser = new SipParser();
    parser.reset(takeBody, true);
    return parser.parse(bytes, 0, bytes.length, false, new int[SipIndex.SIZE]);
  }

  private static int bodyLength(Outcome outcome) {
    return outcome.message().length() - outcome.row()[SipIndex.BODY];
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r"})
  void takesAnyLineEnd(String lineEnd) {
    String message = MESSAGE.replace("\r\n", lineEnd);

    assertThat(datagram(message).error()).isZero();
    assertThat(bodyLength(datagram(message))).isEqualTo(4);
    assertThat(stream(message, true)).isZero();
    Outcome.checkCuts(Vectors.bytes(message));
  }

  @Test
  void endsInsideTheHeaders() {
    String noBlankLine = HEADERS + "Content-Length: 4\r\n";

    for (String message : new String[] {noBlankLine, HEADERS + "Content-Le", noBlankLine + "\r"}) {
      assertThat(datagram(message).error()).isEqualTo(SipError.TRUNCATED);
      assertThat(datagram(message).errorOffset()).isEqualTo(message.length());
      assertThat(stream(message, true)).isEqualTo(SipError.MORE_BYTES);
    }
  }

  @Test
  void takesWhatThereIsOfABody() {
    String cut = MESSAGE.substring(0, MESSAGE.length() - 2);

    assertThat(datagram(cut).error()).isZero();
    assertThat(bodyLength(datagram(cut))).isEqualTo(2);
    assertThat(stream(cut, true)).isEqualTo(SipError.MORE_BYTES);
    assertThat(stream(cut, false)).isZero();
  }

  @Test
  void leavesWhatIsBehindTheBody() {
    assertThat(datagram(MESSAGE + "12345").message().length()).isEqualTo(MESSAGE.length());
    assertThat(stream(MESSAGE + "12345", true)).isZero();
    Outcome.checkCuts(Vectors.bytes(MESSAGE + "12345"));
  }

  @Test
  void withoutContentLengthTheBodyIsTheRest() {
    assertThat(bodyLength(datagram(HEADERS + "\r\nv=0\n"))).isEqualTo(4);
    assertThat(datagram(HEADERS + "\r\nv=0\n").row()[SipIndex.CONTENT_LENGTH]).isEqualTo(-1);
    assertThat(stream(HEADERS + "\r\nv=0\n", true)).isEqualTo(SipError.NO_CONTENT_LENGTH);
  }

  @Test
  void ignoredBodiesDoNotCount() {
    Outcome outcome = Outcome.of(Vectors.bytes(MESSAGE), Outcome.Mode.BODY_IGNORED);

    assertThat(outcome.error()).isZero();
    assertThat(outcome.message().length()).isEqualTo(MESSAGE.length() - 4);
  }

  @Test
  void noHeaderIsAnError() {
    assertThat(datagram("INVITE sip:a@b SIP/2.0\r\n\r\n").error()).isEqualTo(SipError.EMPTY_HEADER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"From", "To", "Call-ID", "CSeq"})
  void tracksOnlyWithAllFourHeaders(String name) {
    Outcome outcome = datagram(MESSAGE.replace(name + ":", "X:"));

    assertThat(outcome.error()).isZero();
    assertThat(outcome.message().has(SipIndex.FLAGS_TRACKABLE)).isFalse();
    assertThat(datagram(MESSAGE).message().has(SipIndex.FLAGS_TRACKABLE)).isTrue();
  }

  @Test
  void laterDuplicatesAreNotLookedAt() {
    String bad =
        "From: <\r\nTo: \"\r\nCall-ID: a b\r\nCSeq: x\r\nContent-Length: -1\r\nExpires: 7\r\n";
    String message = MESSAGE.replace("\r\n\r\n", "\r\n" + bad + "Expires: never\r\n\r\n");

    assertThat(datagram(message).error()).isZero();
    assertThat(datagram(message).text(SipIndex.FROM_TAG)).isEqualTo("1928301774");
    assertThat(datagram(message).row()[SipIndex.EXPIRES]).isEqualTo(7);
  }

  @Test
  void readsOnBehindAHundredHeaders() {
    String message = MESSAGE.replace("Via:", "X: y\r\n".repeat(101) + "Via:");

    assertThat(datagram(message).message().has(SipIndex.FLAGS_TRACKABLE)).isTrue();
    assertThat(SipSignatureTest.signature(datagram(message))).isEmpty();
  }

  @Test
  void keepsAnyByte() {
    String message =
        MESSAGE
            .replace("alice@", "\0\u00ff@")
            .replace("1928301774", "\u00fe\0")
            .replace("a84b", "\0");

    assertThat(datagram(message).text(SipIndex.FROM_URI)).startsWith("sip:\0\u00ff@");
    assertThat(datagram(message).text(SipIndex.FROM_TAG)).isEqualTo("\u00fe\0");
    assertThat(datagram(message).text(SipIndex.CALL_ID)).startsWith("\0");
  }

  @Test
  void readsAStarRegistration() {
    Outcome outcome = datagram(MESSAGE.replace("Via:", "Contact: *\r\nExpires: 0\r\nVia:"));

    assertThat(outcome.message().has(SipIndex.FLAG_STAR | SipIndex.FLAG_EXPIRES)).isTrue();
    assertThat(outcome.message().maxExpires()).isZero();
  }

  @Test
  void readsHttpThatNobodyTracks() {
    String http = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    assertThat(datagram(http).error()).isZero();
    assertThat(datagram(http).message().has(SipIndex.FLAGS_TRACKABLE)).isFalse();
    assertThat(stream(http, true)).isEqualTo(SipError.NO_CONTENT_LENGTH);
  }

  @Test
  void methodOfAReplyIsThatOfItsCseq() {
    Outcome reply =
        datagram(MESSAGE.replace("INVITE sip:bob@biloxi.example.com SIP/2.0", "SIP/2.0 200 OK"));
    Outcome without = datagram("SIP/2.0 200 OK\r\nX: y\r\n\r\n");

    assertThat(reply.message().method()).isEqualTo(SipMethod.INVITE);
    assertThat(without.message().method()).isEqualTo(SipMethod.UNDEF);
  }

  @Test
  void errorLeavesGoodBytesAndCallId() {
    String good = MESSAGE.substring(0, MESSAGE.indexOf("CSeq"));
    Outcome outcome = datagram(MESSAGE.replace("CSeq: 314159", "CSeq: x"));

    int[] expected = new int[SipIndex.SIZE];
    expected[SipIndex.LENGTH] = outcome.bytes().length;
    expected[SipIndex.BODY] = good.length() + 6;
    expected[SipIndex.CALL_ID] = MESSAGE.indexOf("a84b");
    expected[SipIndex.CALL_ID + 1] = "a84b4c76e66710@pc33.example.com".length();
    expected[SipIndex.CALL_ID_HASH] =
        CallIdHash.of(outcome.bytes(), expected[SipIndex.CALL_ID], expected[SipIndex.CALL_ID + 1]);
    assertThat(outcome.error()).isEqualTo(SipError.BAD_CHARACTER);
    assertThat(outcome.row()).isEqualTo(expected);
  }

  @Test
  void aParserServesManyMessages() {
    SipParser parser = new SipParser();
    int[] row = new int[SipIndex.SIZE];
    byte[] good = Vectors.bytes(MESSAGE);
    for (String before : new String[] {MESSAGE, "x", "INVITE  x SIP/2.0\r\n", HEADERS}) {
      byte[] bytes = Vectors.bytes(before);
      parser.parseDatagram(bytes, 0, bytes.length, row);
      assertThat(parser.parseDatagram(good, 0, good.length, row)).isZero();
      assertThat(row).isEqualTo(datagram(MESSAGE).row());
    }
    assertThatThrownBy(() -> parser.parse(good, 0, good.length, true, row))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEmptyDatagramIsTruncated() {
    assertThat(datagram("").error()).isEqualTo(SipError.TRUNCATED);
  }

  @Test
  void aLongLineFedByteByByteCostsNoMoreThanItsLength() {
    // 4 million feeds of one header line: quadratic work would take hours.
    byte[] bytes = Vectors.bytes("INVITE sip:a@b SIP/2.0\r\nSubject: " + "x".repeat(2_000_000));
    byte[] quoted = Vectors.bytes("INVITE sip:a@b SIP/2.0\r\nTo: \"" + " x".repeat(1_000_000));
    for (byte[] message : new byte[][] {bytes, quoted}) {
      SipParser parser = new SipParser();
      parser.reset(true, true);
      int[] row = new int[SipIndex.SIZE];
      for (int end = 1; end <= message.length; end++) {
        assertThat(parser.parse(message, 0, end, false, row) == SipError.MORE_BYTES).isTrue();
      }
    }
  }
}
