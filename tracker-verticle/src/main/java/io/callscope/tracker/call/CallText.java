package io.callscope.tracker.call;

import java.util.Arrays;

/**
 * The texts of a call entry in one byte array: ten thousand calls would otherwise be a hundred
 * thousand small objects.
 *
 * <pre>
 * end of text 0, end of text 1, … (2 bytes each, big-endian, from the start of the array) | text 0 | text 1 | …
 * </pre>
 */
final class CallText {
  static final int CALL_ID = 0;
  static final int FROM_TAG = 1;
  static final int TO_TAG = 2;
  static final int FROM = 3;
  static final int TO = 4;
  static final int URI = 5;
  static final int CONTACT = 6;
  static final int PAI1 = 7;
  static final int PAI2 = 8;
  static final int COUNT = 9;

  /**
   * Longest text of each field that is kept; Call-ID and tags are bounded together ({@link
   * CallStore}).
   */
  private static final int[] MAX_LENGTHS = {1024, 1024, 1024, 96, 96, 96, 160, 160, 96};

  private static final int HEADER = 2 * COUNT;
  private static final byte[] EMPTY = empty();

  private CallText() {}

  private static byte[] empty() {
    byte[] texts = new byte[HEADER];
    for (int field = 0; field < COUNT; field++) {
      setEnd(texts, field, HEADER);
    }
    return texts;
  }

  static int start(byte[] texts, int field) {
    return field == 0 ? HEADER : end(texts, field - 1);
  }

  static int length(byte[] texts, int field) {
    return end(texts, field) - start(texts, field);
  }

  static int end(byte[] texts, int field) {
    return ((texts[2 * field] & 0xff) << 8) | (texts[2 * field + 1] & 0xff);
  }

  private static void setEnd(byte[] texts, int field, int end) {
    texts[2 * field] = (byte) (end >> 8);
    texts[2 * field + 1] = (byte) end;
  }

  static boolean equals(byte[] texts, int field, byte[] other, int at, int length) {
    int start = start(texts, field);
    return Arrays.equals(texts, start, end(texts, field), other, at, at + length);
  }

  static boolean equals(byte[] texts, int field, byte[] other, int otherField) {
    return equals(texts, field, other, start(other, otherField), length(other, otherField));
  }

  /** The texts lie one behind the other and fill the array. */
  static boolean isSound(byte[] texts) {
    if (texts.length < HEADER) {
      return false;
    }
    int before = HEADER;
    for (int field = 0; field < COUNT; field++) {
      if (end(texts, field) < before) {
        return false;
      }
      before = end(texts, field);
    }
    return before == texts.length;
  }

  /** The texts with one of them replaced, cut to its longest length. */
  static byte[] with(byte[] texts, int field, byte[] from, int at, int length) {
    int taken = Math.min(length, MAX_LENGTHS[field]);
    int start = start(texts, field);
    int end = end(texts, field);
    int grown = taken - (end - start);
    byte[] result = new byte[texts.length + grown];
    System.arraycopy(texts, 0, result, 0, start);
    System.arraycopy(from, at, result, start, taken);
    System.arraycopy(texts, end, result, end + grown, texts.length - end);
    for (int later = field; later < COUNT; later++) {
      setEnd(result, later, end(texts, later) + grown);
    }
    return result;
  }

  /**
   * Puts the texts of a new entry together without garbage. Used by one thread, field by field in
   * order.
   */
  static final class Builder {
    private final byte[] scratch = new byte[4096];
    private int next;
    private int used;

    void begin() {
      next = 0;
      used = HEADER;
    }

    void add(byte[] from, int at, int length) {
      int taken = Math.min(length, MAX_LENGTHS[next]);
      System.arraycopy(from, at, scratch, used, taken);
      used += taken;
      setEnd(scratch, next++, used);
    }

    /** Adds a text of another entry. */
    void add(byte[] texts, int field) {
      add(texts, start(texts, field), length(texts, field));
    }

    void addEmpty() {
      add(EMPTY, 0, 0);
    }

    byte[] build() {
      while (next < COUNT) {
        addEmpty();
      }
      return Arrays.copyOf(scratch, used);
    }
  }
}
