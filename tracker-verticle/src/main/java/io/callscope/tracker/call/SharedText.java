package io.callscope.tracker.call;

/**
 * A text that entries share, and how many do: its bytes count once, from the first of them to the
 * last.
 */
final class SharedText {
  /** Bytes of the object; the array comes on top. */
  private static final int FIXED_BYTES = 24;

  final byte[] bytes;

  /** Entries that hold it. */
  private int users;

  SharedText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Another entry holds it; the bytes that this adds to the memory of all entries. */
  int use() {
    return users++ == 0 ? size() : 0;
  }

  /** An entry lets it go; the bytes that this takes away. */
  int release() {
    return --users == 0 ? size() : 0;
  }

  int size() {
    return FIXED_BYTES + CallEntry.arrayBytes(bytes.length);
  }
}
