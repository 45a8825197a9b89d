package io.callscope.tracker.call;

import io.callscope.sip.SipMethod;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.stream.IntStream;

/**
 * The last 16 messages of an entry, 16 bits each, in four longs of the entry, oldest first.
 *
 * <pre>
 * bit 15: sent by the callee | bit 14: a reply | bits 13–4: method or status | bits 3–0: repeats
 * </pre>
 */
final class MessageTrace {
  private static final int RECORDS = 16;
  private static final int MAX_REPEATS = 15;
  private static final int BY_CALLEE = 0x8000;
  private static final int REPLY = 0x4000;
  private static final byte[] BEFORE = AsciiText.letters("...[");
  private static final byte[][] METHODS =
      IntStream.rangeClosed(0, SipMethod.OTHER)
          .mapToObj(method -> AsciiText.letters(SipMethod.name(method)))
          .toArray(byte[][]::new);

  private MessageTrace() {}

  /**
   * Notes a message. A repeat that looks like the newest record only raises its count.
   *
   * @param value method of a request, status of a reply
   */
  static void add(CallEntry entry, boolean byCallee, boolean reply, int value, boolean repeat) {
    int record = (byCallee ? BY_CALLEE : 0) | (reply ? REPLY : 0) | (value << 4);
    if (repeat && entry.messageCount > 0) {
      int newest = Math.min(entry.messageCount, RECORDS) - 1;
      int last = get(entry, newest);
      if ((last & ~MAX_REPEATS) == record && (last & MAX_REPEATS) < MAX_REPEATS) {
        set(entry, newest, last + 1);
        return;
      }
    }
    if (entry.messageCount >= RECORDS) {
      shift(entry);
    }
    set(entry, Math.min(entry.messageCount, RECORDS - 1), record);
    entry.messageCount = Counts.next(entry.messageCount);
  }

  static void copy(CallEntry from, CallEntry to) {
    to.messages0 = from.messages0;
    to.messages1 = from.messages1;
    to.messages2 = from.messages2;
    to.messages3 = from.messages3;
    to.messageCount = from.messageCount;
  }

  static void write(CallEntry entry, ImageWriter out) {
    out.putVar(entry.messageCount);
    for (int i = 0; i < Math.min(entry.messageCount, RECORDS); i++) {
      out.putShort(get(entry, i));
    }
  }

  static void read(CallEntry entry, ImageReader in) {
    entry.messageCount = in.getVar(Integer.MAX_VALUE, "messages");
    for (int i = 0; i < Math.min(entry.messageCount, RECORDS); i++) {
      int record = in.getShort();
      boolean named = (record & REPLY) != 0 || ((record >> 4) & 0x3ff) < METHODS.length;
      ImageReader.check(named, "message");
      set(entry, i, record);
    }
  }

  /**
   * For example {@code >INVITE{2}<180<200>ACK}, with {@code ...[n]} before it where n older records
   * are gone.
   */
  static AsciiText text(CallEntry entry, AsciiText text) {
    text.clear();
    if (entry.messageCount > RECORDS) {
      text.add(BEFORE).add(entry.messageCount - RECORDS).add(']');
    }
    for (int i = 0; i < Math.min(entry.messageCount, RECORDS); i++) {
      int record = get(entry, i);
      int value = (record >> 4) & 0x3ff;
      boolean reply = (record & REPLY) != 0;
      text.add((record & BY_CALLEE) != 0 ? '<' : '>');
      if (reply) {
        text.add(value);
      } else {
        text.add(METHODS[value]);
      }
      int repeats = record & MAX_REPEATS;
      if (repeats > 0) {
        text.add('{').add(repeats).add('}');
      }
    }
    return text;
  }

  private static void shift(CallEntry entry) {
    entry.messages0 = (entry.messages0 >>> 16) | (entry.messages1 << 48);
    entry.messages1 = (entry.messages1 >>> 16) | (entry.messages2 << 48);
    entry.messages2 = (entry.messages2 >>> 16) | (entry.messages3 << 48);
    entry.messages3 = entry.messages3 >>> 16;
  }

  private static int get(CallEntry entry, int record) {
    long word =
        switch (record >> 2) {
          case 0 -> entry.messages0;
          case 1 -> entry.messages1;
          case 2 -> entry.messages2;
          default -> entry.messages3;
        };
    return (int) (word >>> (16 * (record & 3))) & 0xffff;
  }

  private static void set(CallEntry entry, int record, int value) {
    int shift = 16 * (record & 3);
    long mask = ~(0xffffL << shift);
    long bits = (long) value << shift;
    switch (record >> 2) {
      case 0 -> entry.messages0 = (entry.messages0 & mask) | bits;
      case 1 -> entry.messages1 = (entry.messages1 & mask) | bits;
      case 2 -> entry.messages2 = (entry.messages2 & mask) | bits;
      default -> entry.messages3 = (entry.messages3 & mask) | bits;
    }
  }
}
