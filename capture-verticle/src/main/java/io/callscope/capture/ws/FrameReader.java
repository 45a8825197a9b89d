package io.callscope.capture.ws;

import io.callscope.bus.Envelope;
import java.util.Arrays;

/** Takes WebSocket messages out of frames (RFC 6455 §5). */
final class FrameReader {
  private final WebReaders shared;
  private final WsCounters counters;
  private final WebSession session;
  private final byte[] header = new byte[FrameHeader.LONGEST];
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
        if (headerLength < FrameHeader.size(header, 0, headerLength)) {
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

  /** The header is there; false if it cannot be one. */
  private boolean begin() {
    int first = header[0];
    int opcode = first & FrameHeader.OPCODE;
    remaining = FrameHeader.payloadLength(header, 0);
    boolean isControl = opcode >= FrameHeader.CONTROL;
    boolean good = (first & FrameHeader.RESERVED) == 0 && remaining >= 0;
    if (isControl) {
      good &= (first & FrameHeader.FIN) != 0 && remaining <= FrameHeader.MAX_CONTROL;
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
    if ((first & FrameHeader.FIN) == 0 || opcode == 0) {
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
    packed = (first & FrameHeader.PACKED) != 0;
    masked = FrameHeader.isMasked(header, 0);
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
    if (!FrameHeader.isMasked(header, 0)) {
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
    boolean last = (header[0] & FrameHeader.FIN) != 0;
    boolean isData = (header[0] & FrameHeader.OPCODE) < FrameHeader.CONTROL;
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
}
