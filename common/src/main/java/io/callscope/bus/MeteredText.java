package io.callscope.bus;

/**
 * A text that can be looked at only so often: a text, or ASCII letters where they lie. One thread.
 */
final class MeteredText implements CharSequence {
  /** Characters an expression may look at for one text. */
  private static final int MAX_STEPS = 200_000;

  private CharSequence text;
  private byte[] letters;
  private int at;
  private int length;
  private int left;

  MeteredText of(CharSequence other) {
    text = other;
    length = other.length();
    left = MAX_STEPS;
    return this;
  }

  /** ASCII letters. */
  MeteredText of(byte[] bytes, int from, int count) {
    text = null;
    letters = bytes;
    at = from;
    length = count;
    left = MAX_STEPS;
    return this;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new IllegalArgumentException("regular expression takes too long");
    }
    return text == null ? (char) letters[at + index] : text.charAt(index);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().subSequence(start, end);
  }

  @Override
  public String toString() {
    StringBuilder copy = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      copy.append(text == null ? (char) letters[at + i] : text.charAt(i));
    }
    return copy.toString();
  }
}
