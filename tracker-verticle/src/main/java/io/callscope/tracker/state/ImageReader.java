package io.callscope.tracker.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link ImageWriter} wrote. Believes nothing: whatever reaches beyond the end of the
 * record is a {@link BadImageException}.
 */
public final class ImageReader {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final List<byte[]> texts = new ArrayList<>();
  private int at;
  private int end;

  /** Reads from {@code from} to before {@code to}. */
  public ImageReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  /** Bytes read so far, from the start of the array. */
  public int at() {
    return at;
  }

  /** Reads on from {@code from} to before {@code to}. */
  void range(int from, int to) {
    at = from;
    end = to;
  }

  int end() {
    return end;
  }

  /** Reads a text that has a number. */
  public void readText() {
    texts.add(getBytes(Segments.MAX_BYTES));
  }

  /** A text of the segment by its number. */
  public byte[] text(int number) {
    check(number >= 0 && number < texts.size(), "text");
    return texts.get(number);
  }

  /** Refuses the image unless something holds. */
  public static void check(boolean holds, String what) {
    if (!holds) {
      throw new BadImageException(what);
    }
  }

  private int take(int count) {
    check(count >= 0 && count <= end - at, "too short");
    at += count;
    return at - count;
  }

  public int getByte() {
    return bytes[take(1)] & 0xff;
  }

  /** A byte from 0 to before {@code limit}. */
  public int getByte(int limit, String what) {
    int value = getByte();
    check(value < limit, what);
    return value;
  }

  public boolean getBoolean() {
    return getByte(2, "flag") == 1;
  }

  public int getShort() {
    int from = take(2);
    return (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
  }

  public int getInt() {
    return (int) INTS.get(bytes, take(4));
  }

  public long getLong() {
    return (long) LONGS.get(bytes, take(8));
  }

  public long getVar() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = getByte();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new BadImageException("number too long");
  }

  /** A number from 0 to {@code most}. */
  public int getVar(int most, String what) {
    long value = getVar();
    check(value >= 0 && value <= most, what);
    return (int) value;
  }

  public long getSigned() {
    long value = getVar();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * @param most longest array that is believed
   */
  public byte[] getBytes(int most) {
    int length = getVar(most, "length");
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  public String getText(int most) {
    return new String(getBytes(most), StandardCharsets.UTF_8);
  }
}
