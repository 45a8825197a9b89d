package io.callscope.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutated messages: never an exception, always a known result, whatever the cuts. */
class SipFuzzTest {
  private static final int ROUNDS = 15_000;
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
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    "\r\n ",
    ":",
    ";",
    ",",
    "<",
    ">",
    "\"",
    "\\",
    "*",
    "=",
    "@",
    "[",
    "]",
    "tag=",
    "expires=",
    "99999999999",
    "\0",
    "\u00ff",
    "Contact: ",
    "CSeq: ",
    "Via: x;branch=",
    "1.2.3.4",
    "::1",
    "?"
  };

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    String first = "INVITE sip:a@b;c?d SIP/2.0\r\n";
    for (String table : new String[] {"header-lines.txt", "contacts.txt"}) {
      Vectors.rows(table).forEach(row -> seeds.add(Vectors.bytes(first + row[1] + "\r\nbody")));
    }
    for (String[] row : Vectors.rows("endpoints.txt")) {
      seeds.add(Vectors.bytes(first + "To:" + row[1] + "\r\nFrom:" + row[1] + "\r\n\r\n"));
    }
    Vectors.rows("signature-messages.txt").forEach(row -> seeds.add(Vectors.bytes(row[1])));
    Vectors.rows("first-lines.txt").forEach(row -> seeds.add(Vectors.bytes(row[1] + "i: x\n\n")));
    return seeds;
  }

  private static byte[] mutate(byte[] seed, SplittableRandom random) {
    StringBuilder text = new StringBuilder(Vectors.text(seed, 0, seed.length));
    for (int edits = random.nextInt(5); edits >= 0; edits--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(4));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.insert(at, (char) random.nextInt(256));
        default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      }
    }
    return Vectors.bytes(text.toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_101, -7})
  void survivesAnything(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds = seeds();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())), random);
      Outcome.Mode mode = Outcome.Mode.values()[random.nextInt(Outcome.Mode.values().length)];
      Outcome outcome = Outcome.of(bytes, mode);
      assertThat(RESULTS).contains(outcome.error());
      int[] cuts = random.ints(random.nextInt(6), 0, bytes.length + 1).sorted().toArray();
      int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
      ends[cuts.length] = bytes.length;
      outcome.checkFed(mode, ends);
      Outcome.checkSurroundings(bytes);
      checkReaders(outcome);
    }
  }

  /** All that reads a parsed message copes with it. */
  private static void checkReaders(Outcome outcome) {
    SipMessage message = outcome.message();
    int[] row = outcome.row();
    assertThat(Partitioning.of(outcome.bytes(), 0, row, 7)).isBetween(0, 6);
    if (outcome.error() != SipError.OK) {
      assertThat(outcome.errorOffset()).isBetween(0, outcome.bytes().length);
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
    int error =
        uri.parse(outcome.bytes(), message.at(SipIndex.TO_URI), message.length(SipIndex.TO_URI));
    if (error == SipUri.OK) {
      assertThat(UriCompare.sameShort(uri, uri)).isTrue();
    }
  }
}
