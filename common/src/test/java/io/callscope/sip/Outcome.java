package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the parser made of a message, and the checks that every message has to pass however it
 * comes: cut anywhere, fed byte by byte, moved between feeds, with other bytes around it.
 */
final class Outcome {
  private static final byte[] POISON = {'\n', '\r', ' ', ':', 'a', '<', '"', '7', ';', 0, -1};

  private static final Set<Integer> RESULTS =
      Set.of(
          SipError.OK,
          SipError.EMPTY_HEADER,
          SipError.BAD_CHARACTER,
          SipError.BAD_HEADER,
          SipError.BAD_VALUE,
          SipError.NUMBER_TOO_BIG,
          SipError.TRUNCATED,
          SipError.NO_CONTENT_LENGTH);

  private final int error;
  private final int errorOffset;
  private final int[] row;
  private final byte[] bytes;

  private Outcome(int error, int errorOffset, int[] row, byte[] bytes) {
    this.error = error;
    this.errorOffset = errorOffset;
    this.row = row;
    this.bytes = bytes;
  }

  int error() {
    return error;
  }

  int errorOffset() {
    return errorOffset;
  }

  int[] row() {
    return row;
  }

  byte[] bytes() {
    return bytes;
  }

  enum Mode {
    DATAGRAM(true, false),
    BODY_IGNORED(false, false),
    STREAM(true, true),
    STREAM_BODY_IGNORED(false, true);

    final boolean takeBody;
    final boolean requireContentLength;

    Mode(boolean takeBody, boolean requireContentLength) {
      this.takeBody = takeBody;
      this.requireContentLength = requireContentLength;
    }
  }

  static Outcome of(String message) {
    return of(Vectors.bytes(message), Mode.DATAGRAM);
  }

  /** Of all bytes at once, no more to come. */
  static Outcome of(byte[] bytes, Mode mode) {
    SipParser parser = new SipParser();
    parser.reset(mode.takeBody, mode.requireContentLength);
    return next(parser, bytes, 0, bytes.length, true);
  }

  private static Outcome next(
      SipParser parser, byte[] bytes, int from, int length, boolean complete) {
    int[] row = new int[SipIndex.SIZE];
    int error = parser.parse(bytes, from, length, complete, row);
    return new Outcome(error, error == SipError.OK ? 0 : parser.errorOffset(), row, bytes);
  }

  SipMessage message() {
    return new SipMessage(bytes, 0, row, 0);
  }

  /** A span, byte for byte. */
  String text(int span) {
    return Vectors.text(bytes, row[span], row[span + 1]);
  }

  /** Every way to feed these bytes gives this outcome, in every mode. */
  static void checkCuts(byte[] bytes) {
    for (Mode mode : Mode.values()) {
      Outcome whole = of(bytes, mode);
      for (int cut = 0; cut <= bytes.length; cut++) {
        whole.checkFed(mode, cut, bytes.length);
      }
      whole.checkByteByByte(mode);
    }
  }

  private void checkByteByByte(Mode mode) {
    int[] ends = new int[bytes.length];
    Arrays.setAll(ends, i -> i + 1);
    checkFed(mode, ends);
  }

  /** Fed up to each of these ends in turn, each time from another array at another place. */
  void checkFed(Mode mode, int... ends) {
    SipParser parser = new SipParser();
    parser.reset(mode.takeBody, mode.requireContentLength);
    int[] fedRow = new int[SipIndex.SIZE];
    for (int i = 0; i < ends.length; i++) {
      int from = i % 5;
      byte[] poisoned = poisoned(from, ends[i], POISON[i % POISON.length]);
      boolean complete = i == ends.length - 1;
      int fed = parser.parse(poisoned, from, ends[i], complete, fedRow);
      if (fed != SipError.MORE_BYTES) {
        assertSame(fed, parser.errorOffset(), fedRow, "cuts " + Arrays.toString(ends));
        return;
      }
      assertThat(complete).as("asks for more though there is none").isFalse();
      if (error == SipError.BAD_CHARACTER) {
        assertThat(ends[i])
            .as("the error is certain already")
            .isLessThan(Math.max(errorOffset + 1, FirstLine.MIN_BYTES));
      }
    }
  }

  private byte[] poisoned(int from, int length, byte poison) {
    byte[] poisoned = new byte[from + length + 9];
    Arrays.fill(poisoned, poison);
    System.arraycopy(bytes, 0, poisoned, from, length);
    return poisoned;
  }

  private void assertSame(int otherError, int otherOffset, int[] otherRow, String as) {
    assertThat(otherError).as(as).isEqualTo(error);
    int[] expected = row.clone();
    int[] actual = otherRow.clone();
    if (error != SipError.OK) {
      assertThat(otherOffset).as(as).isEqualTo(errorOffset);
      // How many bytes were there is not of the message.
      expected[SipIndex.LENGTH] = 0;
      actual[SipIndex.LENGTH] = 0;
    }
    assertThat(actual).as(as).isEqualTo(expected);
  }

  /** The bytes around the message do not matter and are not read. */
  static void checkSurroundings(byte[] bytes) {
    Outcome alone = of(bytes, Mode.DATAGRAM);
    SipParser parser = new SipParser();
    for (byte poison : POISON) {
      int[] otherRow = new int[SipIndex.SIZE];
      Arrays.fill(otherRow, poison);
      byte[] poisoned = alone.poisoned(7, bytes.length, poison);
      int error = parser.parseDatagram(poisoned, 7, bytes.length, otherRow);
      alone.assertSame(error, parser.errorOffset(), otherRow, "poison " + poison);
    }
  }

  /** All that must hold for any bytes: known results, whatever the cuts, and readers that cope. */
  void checkAll(Mode mode, SplittableRandom random) {
    assertThat(RESULTS).contains(error);
    int[] cuts = random.ints(random.nextInt(6), 0, bytes.length + 1).sorted().toArray();
    int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
    ends[cuts.length] = bytes.length;
    checkFed(mode, ends);
    checkSurroundings(bytes);
    checkReaders();
  }

  /** All that reads a parsed message copes with it. */
  private void checkReaders() {
    SipMessage message = message();
    assertThat(Partitioning.of(bytes, 0, row, 7)).isBetween(0, 6);
    if (error != SipError.OK) {
      assertThat(errorOffset).isBetween(0, bytes.length);
      return;
    }
    for (int span = SipIndex.METHOD_TEXT; span < SipIndex.CALL_ID_HASH; span += 2) {
      assertThat(row[span]).isNotNegative();
      assertThat(row[span + 1]).isNotNegative();
      assertThat(row[span] + row[span + 1]).isLessThanOrEqualTo(row[SipIndex.BODY]);
    }
    SipSignature signature = new SipSignature();
    signature.compute(message);
    assertThat(SipSignature.text(signature.head(), signature.tail()).isEmpty())
        .isEqualTo(signature.head() == 0);
    ContactReader contacts = new ContactReader();
    contacts.read(message);
    long max = 0;
    int count = 0;
    while (contacts.next()) {
      count++;
      max = Math.max(max, contacts.expires());
      assertThat(contacts.uriAt() + contacts.uriLength()).isLessThan(row[SipIndex.BODY]);
    }
    assertThat(count).isEqualTo(row[SipIndex.CONTACTS]);
    assertThat(max).isEqualTo(Integer.toUnsignedLong(row[SipIndex.CONTACT_MAX_EXPIRES]));
    SipUri uri = new SipUri();
    int error = uri.parse(bytes, message.at(SipIndex.TO_URI), message.length(SipIndex.TO_URI));
    if (error == SipUri.OK) {
      assertThat(UriCompare.sameShort(uri, uri)).isTrue();
    }
  }

  /** {@code OK}, {@code MORE}, {@code E<code>} or {@code E<code>@<offset>}. */
  static String notation(int error, int offset, boolean withOffset) {
    return switch (error) {
      case SipError.OK -> "OK";
      case SipError.MORE_BYTES -> "MORE";
      default -> "E" + error + (withOffset ? "@" + offset : "");
    };
  }

  /** Of these bytes on a stream, where more may come. */
  static String streamed(String message, int base, boolean withOffset) {
    byte[] bytes = Vectors.bytes(message);
    SipParser parser = new SipParser();
    parser.reset(false, false);
    Outcome outcome = next(parser, bytes, 0, bytes.length, false);
    return notation(outcome.error, parser.errorOffset() - base, withOffset);
  }
}
