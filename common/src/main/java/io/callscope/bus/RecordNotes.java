package io.callscope.bus;

import java.util.Arrays;

/**
 * The notes of one record on their way into a batch, where they stand behind the bytes of the
 * message. A source uses one object again and again; most leave it empty.
 *
 * <pre>
 * 0 length of all that follows (2)   then each note: kind (1), length (2), bytes
 * </pre>
 */
public final class RecordNotes {
  /** Bytes of the length in front of all notes. */
  static final int HEAD = 2;

  private static final int NOTE_HEAD = 3;

  /** Longest note; what goes beyond is cut. */
  private static final int MAX_NOTE = 1024;

  private byte[] bytes = new byte[64];
  private int used;

  public void clear() {
    used = 0;
  }

  public boolean isEmpty() {
    return used == 0;
  }

  /** Adds a note, copying its bytes. */
  public void add(NoteKind kind, byte[] from, int at, int length) {
    int taken = Math.min(length, MAX_NOTE);
    int start = used == 0 ? HEAD : used;
    int end = start + NOTE_HEAD + taken;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    bytes[start] = (byte) kind.ordinal();
    put16(start + 1, taken);
    System.arraycopy(from, at, bytes, start + NOTE_HEAD, taken);
    used = end;
    put16(0, used - HEAD);
  }

  private void put16(int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  /** Bytes they take behind a message, 0 without any. */
  public int length() {
    return used;
  }

  void copyTo(byte[] to, int at) {
    System.arraycopy(bytes, 0, to, at, used);
  }

  /** The bytes all notes take that start at {@code at}. */
  static int length(byte[] bytes, int at) {
    return HEAD + uint16(bytes, at);
  }

  /** Whether notes that start at {@code at} end within so many bytes, and so does each of them. */
  static boolean isGood(byte[] bytes, int at, int used) {
    if (at + HEAD > used || at + length(bytes, at) > used) {
      return false;
    }
    int end = at + length(bytes, at);
    int i = at + HEAD;
    while (i + NOTE_HEAD <= end) {
      i += NOTE_HEAD + uint16(bytes, i + 1);
    }
    return i == end;
  }

  /** The bytes of a note, or null if there is none of this kind. */
  static byte[] find(byte[] bytes, int at, NoteKind kind) {
    int end = at + length(bytes, at);
    for (int i = at + HEAD; i < end; ) {
      int length = uint16(bytes, i + 1);
      if (bytes[i] == kind.ordinal()) {
        return Arrays.copyOfRange(bytes, i + NOTE_HEAD, i + NOTE_HEAD + length);
      }
      i += NOTE_HEAD + length;
    }
    return null;
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
