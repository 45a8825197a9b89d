package io.callscope.testdata;

/** Names of subscribers, the same for a number each time. */
final class People {
  private static final String[] FIRST = {
    "Anna", "Ben", "Clara", "David", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karla",
    "Luca", "Mila", "Noah", "Olga", "Paul", "Rosa", "Samir", "Tessa", "Viktor", "Yusuf"
  };
  private static final String[] LAST = {
    "Adler", "Becker", "Conti", "Demir", "Engel", "Fischer", "Garcia", "Hansen", "Ivanova",
    "Jensen", "Keller", "Lorenz", "Moreau", "Novak", "Okafor", "Petersen", "Rossi", "Silva",
    "Tanaka"
  };

  private People() {}

  static void name(Bytes to, long number) {
    int mixed = (int) ((number * 0x9e37_79b9_7f4a_7c15L) >>> 40);
    to.put(FIRST_BYTES[mixed % FIRST.length]).put(' ').put(LAST_BYTES[(mixed >>> 8) % LAST.length]);
  }

  private static final byte[][] FIRST_BYTES = bytes(FIRST);
  private static final byte[][] LAST_BYTES = bytes(LAST);

  private static byte[][] bytes(String[] texts) {
    byte[][] all = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      all[i] = Bytes.ascii(texts[i]);
    }
    return all;
  }
}
