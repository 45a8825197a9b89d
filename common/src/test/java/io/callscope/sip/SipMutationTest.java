package io.callscope.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutated messages: never an exception, always a known result, whatever the cuts. */
class SipMutationTest {
  private static final int ROUNDS = 15_000;
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

  static List<byte[]> seeds() {
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
      outcome.checkAll(mode, random);
    }
  }
}
