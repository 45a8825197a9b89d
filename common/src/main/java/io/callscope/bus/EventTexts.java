package io.callscope.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts of an event as one array of raw bytes, so that an event nobody reads makes no strings.
 */
public final class EventTexts {
  private static final EventText[] FIELDS = EventText.values();

  private final byte[] bytes;
  private final short[] ends;

  private EventTexts(byte[] bytes, short[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** The text, empty if there is none; bytes that are not UTF-8 become U+FFFD. */
  public String get(EventText field) {
    int from = start(field);
    return new String(bytes, from, end(field) - from, StandardCharsets.UTF_8);
  }

  public boolean has(EventText field) {
    return end(field) > start(field);
  }

  /** The bytes of a text as they came. */
  public byte[] raw(EventText field) {
    return Arrays.copyOfRange(bytes, start(field), end(field));
  }

  /** The same with one more text, of the last field. */
  public EventTexts with(EventText last, byte[] text) {
    if (last.ordinal() != FIELDS.length - 1) {
      throw new IllegalArgumentException(last + " is not the last text");
    }
    byte[] more = Arrays.copyOf(bytes, bytes.length + text.length);
    System.arraycopy(text, 0, more, bytes.length, text.length);
    short[] newEnds = ends.clone();
    newEnds[FIELDS.length - 1] = (short) more.length;
    return new EventTexts(more, newEnds);
  }

  private int start(EventText field) {
    return field.ordinal() == 0 ? 0 : ends[field.ordinal() - 1] & 0xffff;
  }

  private int end(EventText field) {
    return ends[field.ordinal()] & 0xffff;
  }

  /**
   * Collects the texts in the order of {@link EventText}; fields may be left out. To be used again
   * and again by one thread.
   */
  public static final class Builder {
    /**
     * Room for all texts; what goes beyond is cut. Call-ID and tags are at most 384 bytes, the rest
     * below 1,200.
     */
    private static final int MAX_BYTES = 4096;

    private byte[] bytes = new byte[768];
    private final short[] ends = new short[FIELDS.length];
    private int next;
    private int used;

    /** Adds the text of a field that comes after all those added before. */
    public Builder add(EventText field, byte[] from, int offset, int length) {
      int taken = Math.min(length, MAX_BYTES - used);
      skipTo(field);
      if (used + taken > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + taken));
      }
      System.arraycopy(from, offset, bytes, used, taken);
      used += taken;
      ends[next++] = (short) used;
      return this;
    }

    public Builder add(EventText field, String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return add(field, utf8, 0, utf8.length);
    }

    private void skipTo(EventText field) {
      if (field.ordinal() < next) {
        throw new IllegalStateException(field + " comes too late");
      }
      while (next < field.ordinal()) {
        ends[next++] = (short) used;
      }
    }

    /** The texts since the last build. */
    public EventTexts build() {
      while (next < FIELDS.length) {
        ends[next++] = (short) used;
      }
      EventTexts texts = new EventTexts(Arrays.copyOf(bytes, used), ends.clone());
      next = 0;
      used = 0;
      return texts;
    }
  }
}
