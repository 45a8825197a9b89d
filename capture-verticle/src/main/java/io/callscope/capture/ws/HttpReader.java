package io.callscope.capture.ws;

import io.callscope.sip.SipError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes HTTP/1 messages out of a stream: collects their heads, passes over their bodies. */
final class HttpReader {
  private static final int MAX_CHUNK_DIGITS = 12;

  private enum State {
    BETWEEN,
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    CHUNK_END,
    TRAILER,
    REST
  }

  private final WebReaders shared;
  private final HttpCounters counters;
  private State state = State.BETWEEN;
  private byte[] buffer;
  private int length;

  /** Bytes of the present line, without its end. */
  private int line;

  /** Bytes of the body or chunk that are still to come. */
  private long remaining;

  private int digits;

  /** The head that {@link #read} has just completed, or null. */
  private HttpHead head;

  private boolean failed;

  HttpReader(WebReaders shared) {
    this.shared = shared;
    counters = shared.http;
  }

  /** A message may start with the next byte. */
  boolean isBetween() {
    return state == State.BETWEEN;
  }

  boolean isHolding() {
    return buffer != null;
  }

  /** The head that was completed, once. */
  HttpHead takeHead() {
    HttpHead taken = head;
    head = null;
    return taken;
  }

  /** What came last is no HTTP/1; it starts anew. */
  boolean takeFailure() {
    boolean taken = failed;
    failed = false;
    return taken;
  }

  /** Goes on until a head is complete, it fails, or it is out of bytes; returns how far. */
  int read(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && head == null && !failed) {
      at =
          switch (state) {
            case BETWEEN -> between(bytes, at, end);
            case HEAD -> collect(bytes, at, end);
            case BODY, CHUNK -> pass(at, end);
            case REST -> {
              counters.add(counters.bodyBytes, end - at);
              yield end;
            }
            default -> chunked(bytes, at);
          };
    }
    return at;
  }

  private int between(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    counters.add(counters.blankBytes, at - from);
    if (at < end && (bytes[at] < 'A' || bytes[at] > 'Z')) {
      counters.parseError(SipError.BAD_CHARACTER);
      failed = true;
    } else if (at < end) {
      state = State.HEAD;
      buffer = new byte[shared.firstBytes];
      shared.memory.take(buffer.length);
      length = 0;
      line = 0;
    }
    return at;
  }

  private int collect(byte[] bytes, int from, int end) {
    int at = from;
    boolean complete = false;
    while (at < end && !complete && length < shared.maxBytes) {
      byte octet = bytes[at++];
      if (length == buffer.length) {
        grow();
      }
      buffer[length++] = octet;
      if (octet == '\n') {
        complete = line == 0;
        line = 0;
      } else if (octet != '\r') {
        line++;
      }
    }
    counters.add(counters.headBytes, at - from);
    if (complete) {
      head = HttpHead.parse(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      drop();
    } else if (length >= shared.maxBytes) {
      counters.increment(counters.hugePackets);
      drop();
      failed = true;
    }
    return at;
  }

  private void grow() {
    int size = Math.min(2 * buffer.length, shared.maxBytes);
    shared.memory.take(size - buffer.length);
    buffer = Arrays.copyOf(buffer, size);
    counters.grown(size);
  }

  /** Lets go of the head in hand, if any. */
  void drop() {
    if (buffer != null) {
      shared.memory.free(buffer.length);
      buffer = null;
    }
    state = State.BETWEEN;
  }

  /**
   * The head that came last has a body or not (RFC 9112 §6.3).
   *
   * @param requestMethod of a reply, the method it answers
   */
  void expectBody(HttpHead of, String requestMethod) {
    boolean none =
        requestMethod.equals("HEAD") || of.status == 204 || of.status == 304 || isInterim(of);
    if (none) {
      return;
    }
    if (of.chunked) {
      state = State.CHUNK_SIZE;
      remaining = 0;
      digits = 0;
    } else if (of.contentLength > 0) {
      state = State.BODY;
      remaining = of.contentLength;
    } else if (of.contentLength < 0 && !of.isRequest()) {
      state = State.REST;
    }
  }

  private static boolean isInterim(HttpHead head) {
    return !head.isRequest() && head.status < 200;
  }

  private int pass(int at, int end) {
    int passed = (int) Math.min(remaining, end - at);
    counters.add(counters.bodyBytes, passed);
    remaining -= passed;
    if (remaining == 0) {
      state = state == State.BODY ? State.BETWEEN : State.CHUNK_END;
    }
    return at + passed;
  }

  /** One byte of what stands around chunks (RFC 9112 §7.1). */
  private int chunked(byte[] bytes, int at) {
    byte octet = bytes[at];
    counters.increment(counters.bodyBytes);
    switch (state) {
      case CHUNK_SIZE -> {
        int digit = Character.digit(octet, 16);
        if (digit >= 0 && digits < MAX_CHUNK_DIGITS) {
          remaining = remaining << 4 | digit;
          digits++;
        } else if (digits == 0 || digit >= 0) {
          counters.increment(counters.bodyErrs);
          failed = true;
        } else {
          state = State.CHUNK_EXTENSION;
          endOfSize(octet);
        }
      }
      case CHUNK_EXTENSION -> endOfSize(octet);
      case CHUNK_END -> {
        if (octet == '\n') {
          state = State.CHUNK_SIZE;
          digits = 0;
        }
      }
      default -> {
        if (octet != '\n') {
          line += octet == '\r' ? 0 : 1;
        } else if (line == 0) {
          counters.increment(counters.bodyOk);
          state = State.BETWEEN;
        } else {
          line = 0;
        }
      }
    }
    return at + 1;
  }

  private void endOfSize(byte octet) {
    if (octet == '\n') {
      line = 0;
      state = remaining == 0 ? State.TRAILER : State.CHUNK;
    }
  }

  /** So many bytes are missing; false if it does not know how to go on. */
  boolean skip(long missing) {
    if (state == State.REST) {
      return true;
    }
    if (state == State.BODY && missing <= remaining) {
      remaining -= missing;
      state = remaining == 0 ? State.BETWEEN : State.BODY;
      return true;
    }
    return false;
  }

  /** An HTTP/1 message may start here. */
  static boolean startsAt(byte[] bytes, int from, int end) {
    int lineEnd = from;
    while (lineEnd < end && bytes[lineEnd] != '\n' && lineEnd - from < 4096) {
      lineEnd++;
    }
    String line = new String(bytes, from, lineEnd - from, StandardCharsets.ISO_8859_1);
    return HttpHead.isStartLine(line.stripTrailing());
  }
}
