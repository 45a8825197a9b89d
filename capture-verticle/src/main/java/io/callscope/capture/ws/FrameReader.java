package io.callscope.capture.ws;

import io.callscope.bus.Envelope;
import io.callscope.sip.SipError;
import io.callscope.sip.StartLine;
import java.util.Arrays;

/**
 * Takes WebSocket messages out of frames (RFC 6455 §5).
 *
 * <pre>
 * 0 FIN, RSV1 (packed), RSV2, RSV3, opcode   1 MASK, length, 126 or 127   2 length (0, 2 or 8)   mask (0 or 4)   payload
 * </pre>
 */
final class FrameReader {
  private static final int FIN = 0x80;
  private static final int PACKED = 0x40;
  private static final int RESERVED = 0x30;
  private static final int OPCODE = 0x0f;
  private static final int CONTROL = 8;
  private static final int MASK = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_CONTROL = 125;
  private static final int LONGEST_HEADER = 14;

  /** So much of a payload tells whether it is SIP. */
  private static final int LOOK = 256;

  /** What goes on like a method for so many bytes is one. */
  private static final int ENOUGH = 4;

  /** A packed message that is longer is not believed. */
  private static final int MAX_PACKED = 16_384;

  /** What bytes look like. */
  enum Likeness {
    YES,
    NO,
    /** There are too few of them. */
    UNDECIDED
  }

  private final WebReaders shared;
  private final WsCounters counters;
  private final WebSession session;
  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerLength;

  /** Of the frame in hand: bytes to come, place in its mask, whether they are of no interest. */
  private long remaining;

  private int maskAt;
  private boolean inPayload;
  private boolean ignored;

  /** The message in hand; null between messages and where it is of no interest. */
  private byte[] message;

  private int length;
  private boolean open;
  private boolean packed;
  private boolean masked;
  private boolean tooLong;
  private MessageInflater inflater;

  FrameReader(WebReaders shared, WebSession session) {
    this.shared = shared;
    counters = shared.ws;
    this.session = session;
  }

  boolean isHolding() {
    return message != null || inflater != null;
  }

  /**
   * Reads frames.
   *
   * @return false if what came is no frame: the framing is lost
   */
  boolean read(Envelope envelope, byte[] bytes, int from, int end) throws InterruptedException {
    shared.http.add(shared.http.frameBytes, end - from);
    int at = from;
    while (at < end) {
      if (inPayload) {
        int size = (int) Math.min(remaining, end - at);
        take(bytes, at, size);
        at += size;
        remaining -= size;
      } else {
        header[headerLength++] = bytes[at++];
        if (headerLength < headerSize(header, 0, headerLength)) {
          continue;
        }
        if (!begin()) {
          counters.increment(counters.errs);
          return false;
        }
      }
      if (inPayload && remaining == 0) {
        endFrame(envelope);
      }
    }
    return true;
  }

  /** Bytes of a frame header, as far as is known. */
  private static int headerSize(byte[] bytes, int from, int end) {
    if (end - from < 2) {
      return 2;
    }
    int length = bytes[from + 1] & 0x7f;
    int size = 2 + ((bytes[from + 1] & MASK) != 0 ? 4 : 0);
    return size + (length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0);
  }

  private static long payloadLength(byte[] bytes, int from) {
    int length = bytes[from + 1] & 0x7f;
    if (length < LENGTH_16) {
      return length;
    }
    long value = 0;
    for (int i = 0; i < (length == LENGTH_16 ? 2 : 8); i++) {
      value = value << 8 | (bytes[from + 2 + i] & 0xff);
    }
    return value;
  }

  /** The header is there; false if it cannot be one. */
  private boolean begin() {
    int first = header[0];
    int opcode = first & OPCODE;
    remaining = payloadLength(header, 0);
    boolean isControl = opcode >= CONTROL;
    boolean good = (first & RESERVED) == 0 && remaining >= 0;
    if (isControl) {
      good &= (first & FIN) != 0 && remaining <= MAX_CONTROL;
    }
    if (!good) {
      return false;
    }
    inPayload = true;
    maskAt = 0;
    if (isControl) {
      counters.increment(counters.ctrlFrames);
      ignored = true;
    } else {
      data(first, opcode);
    }
    return true;
  }

  private void data(int first, int opcode) {
    counters.increment(counters.sipFrames);
    if ((first & FIN) == 0 || opcode == 0) {
      counters.increment(counters.sipFragments);
    }
    if (opcode == 0) {
      ignored = !open;
      if (!open) {
        counters.increment(counters.errs); // the rest of what was not seen, or was given up
      }
      return;
    }
    if (open) {
      counters.increment(counters.errs);
      lose();
    }
    counters.begun();
    open = true;
    ignored = false;
    packed = (first & PACKED) != 0;
    masked = (header[1] & MASK) != 0;
    tooLong = false;
    length = 0;
    if (packed) {
      counters.increment(counters.sipCompressed);
    }
  }

  private void take(byte[] bytes, int from, int size) {
    if (ignored || tooLong || size == 0) {
      maskAt += size;
      return;
    }
    if (length + size > shared.maxBytes) {
      tooLong = true;
      release();
      return;
    }
    room(length + size);
    if ((header[1] & MASK) == 0) {
      System.arraycopy(bytes, from, message, length, size);
    } else {
      int mask = headerLength - 4;
      for (int i = 0; i < size; i++) {
        message[length + i] = (byte) (bytes[from + i] ^ header[mask + (maskAt + i & 3)]);
      }
      maskAt += size;
    }
    length += size;
  }

  private void room(int size) {
    if (message == null) {
      message = new byte[Math.max(shared.firstBytes, Math.min(size, shared.maxBytes))];
      shared.memory.take(message.length);
    } else if (size > message.length) {
      int larger = Math.min(shared.maxBytes, Math.max(size, 2 * message.length));
      shared.memory.take(larger - message.length);
      message = Arrays.copyOf(message, larger);
      shared.http.grown(larger);
    }
  }

  private void release() {
    if (message != null) {
      shared.memory.free(message.length);
      message = null;
    }
  }

  private void endFrame(Envelope envelope) throws InterruptedException {
    boolean last = (header[0] & FIN) != 0;
    boolean isData = (header[0] & OPCODE) < CONTROL;
    inPayload = false;
    headerLength = 0;
    if (isData && last && open) {
      open = false;
      end(envelope);
      release();
    }
  }

  private void end(Envelope envelope) throws InterruptedException {
    if (tooLong) {
      counters.over(counters.hugePackets);
      if (inflater != null) {
        endInflater(); // what follows may refer to what was not unpacked
      }
    } else if (!packed) {
      shared.message(envelope, message, length);
    } else if (inflate()) {
      shared.message(envelope, inflater.bytes(), inflater.length());
    } else {
      counters.over(inflater.wasTooLong() ? counters.hugePackets : counters.unpackErrs);
    }
  }

  private boolean inflate() {
    if (inflater == null) {
      inflater = new MessageInflater(shared.maxBytes);
      shared.memory.take(MessageInflater.MEMORY + shared.maxBytes);
    }
    boolean forgets = masked ? session.clientForgets : session.serverForgets;
    return inflater.unpack(message == null ? new byte[0] : message, length, forgets);
  }

  private void endInflater() {
    inflater.end();
    inflater = null;
    shared.memory.free(MessageInflater.MEMORY + shared.maxBytes);
  }

  private void lose() {
    if (open) {
      counters.over(counters.lost);
      open = false;
    }
    release();
  }

  /** Lets go of all it holds. */
  void drop() {
    lose();
    ignored = true;
    if (inflater != null) {
      endInflater();
    }
  }

  /** So many bytes are missing; false if the framing is lost with them. */
  boolean skip(long missing) {
    if (!inPayload || missing > remaining) {
      return false;
    }
    if (!ignored) {
      lose();
      ignored = true;
    }
    remaining -= missing;
    maskAt += (int) missing;
    if (remaining == 0) {
      inPayload = false;
      headerLength = 0;
    }
    return true;
  }

  /** Whether frames of SIP, or one that says nothing of its content, start here. */
  static Likeness look(byte[] bytes, int from, int end) {
    int size = headerSize(bytes, from, end);
    int first = bytes[from];
    int opcode = first & OPCODE;
    boolean isControl = opcode >= CONTROL && opcode <= CONTROL + 2;
    if ((first & RESERVED) != 0 || (!isControl && opcode != 1 && opcode != 2)) {
      return Likeness.NO;
    }
    if (end - from < size) {
      return Likeness.UNDECIDED;
    }
    long length = payloadLength(bytes, from);
    boolean whole = length == end - from - size;
    if (isControl) {
      boolean good = (first & (FIN | PACKED)) == FIN && length <= MAX_CONTROL && whole;
      return good ? Likeness.YES : Likeness.NO;
    }
    if ((first & PACKED) != 0) {
      return whole || goesOn(bytes, from + size, end, length, (first & FIN) != 0)
          ? Likeness.YES
          : Likeness.NO;
    }
    return length < 0 ? Likeness.NO : lookAtPayload(bytes, from, size, end, length);
  }

  /** What is packed tells nothing, but what is behind it: another frame, or more segments. */
  private static boolean goesOn(byte[] bytes, int payload, int end, long length, boolean last) {
    if (length < 0 || length > MAX_PACKED) {
      return false;
    }
    int next = payload + (int) length;
    if (next >= end) {
      return last;
    }
    int opcode = bytes[next] & OPCODE;
    return (bytes[next] & RESERVED) == 0 && (opcode <= 2 || (opcode >= 8 && opcode <= 10));
  }

  private static Likeness lookAtPayload(byte[] bytes, int from, int size, int end, long length) {
    int present = (int) Math.min(Math.min(length, LOOK), end - from - size);
    byte[] text = new byte[present];
    boolean masked = (bytes[from + 1] & MASK) != 0;
    for (int i = 0; i < present; i++) {
      int octet = bytes[from + size + i];
      text[i] = (byte) (masked ? octet ^ bytes[from + size - 4 + (i & 3)] : octet);
    }
    int start = StartLine.skipLineEnds(text, 0, present);
    int test = StartLine.test(text, start, present);
    if (test == SipError.BAD_CHARACTER) {
      return Likeness.NO;
    }
    boolean told = present - start >= ENOUGH || present == length;
    return test == SipError.OK || told ? Likeness.YES : Likeness.UNDECIDED;
  }
}
