package io.callscope.tracker.state;

import io.callscope.sip.CallIdHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the records of a segment into memory that is used again, big-endian. Texts that many
 * entries share are written once a segment. One thread.
 */
public final class ImageWriter {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int TEXT_SLOTS = 1024;

  private byte[] bytes = new byte[4096];
  private int used;
  private int recordAt;
  private int bodyAt;

  /** Texts of this segment, the newest of those that hash alike. */
  private final byte[][] texts = new byte[TEXT_SLOTS][];

  private final int[] textNumbers = new int[TEXT_SLOTS];
  private int textCount;

  void clear() {
    used = 0;
    textCount = 0;
    Arrays.fill(texts, null);
  }

  int size() {
    return used;
  }

  /** What was written. */
  public byte[] bytes() {
    return bytes(0);
  }

  /** What was written, and {@code room} more bytes. */
  byte[] bytes(int room) {
    byte[] written = new byte[used + room];
    System.arraycopy(bytes, 0, written, 0, used);
    return written;
  }

  private void room(int more) {
    if (used + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + more, 2 * bytes.length));
    }
  }

  public void putByte(int value) {
    room(1);
    bytes[used++] = (byte) value;
  }

  public void putBoolean(boolean value) {
    putByte(value ? 1 : 0);
  }

  public void putShort(int value) {
    room(2);
    bytes[used++] = (byte) (value >> 8);
    bytes[used++] = (byte) value;
  }

  public void putInt(int value) {
    room(4);
    INTS.set(bytes, used, value);
    used += 4;
  }

  public void putLong(long value) {
    room(8);
    LONGS.set(bytes, used, value);
    used += 8;
  }

  /** A number that is mostly small and not negative: seven bits a byte, the lowest first. */
  public void putVar(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[used++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[used++] = (byte) rest;
  }

  /** A number that is mostly near 0, on either side. */
  public void putSigned(long value) {
    putVar((value << 1) ^ (value >> 63));
  }

  public void putBytes(byte[] value) {
    putVar(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, used, value.length);
    used += value.length;
  }

  public void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The number of a text in this segment, for {@link ImageReader#text}; writes it where it is new.
   * Between records only.
   */
  public int text(byte[] text) {
    int slot = CallIdHash.of(text, 0, text.length) & (TEXT_SLOTS - 1);
    if (!Arrays.equals(texts[slot], text)) {
      putByte(Segments.TEXT);
      putBytes(text);
      texts[slot] = text;
      textNumbers[slot] = textCount++;
    }
    return textNumbers[slot];
  }

  /** Begins a record with a body. */
  void begin(int kind, long id) {
    recordAt = used;
    putByte(kind);
    putLong(id);
    putInt(0);
    bodyAt = used;
  }

  /** Ends the body. */
  void end() {
    INTS.set(bytes, bodyAt - 4, used - bodyAt);
  }

  /** Takes back a record that was begun and not ended. */
  void cancel() {
    used = recordAt;
  }

  /** Bytes of the body of the last record. */
  int recordBytes() {
    return used - bodyAt;
  }
}
