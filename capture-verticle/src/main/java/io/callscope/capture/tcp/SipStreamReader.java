package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMethod;
import io.callscope.sip.StartLine;

/**
 * Finds the SIP messages of one direction of a connection, framed by Content-Length (RFC 3261
 * §18.3). A message that lies in one segment is parsed where it is; only what is not whole is
 * copied. After a fault or a hole it goes on at the next start line. What it finds does not depend
 * on how the bytes are cut into segments.
 */
final class SipStreamReader implements StreamReader {
  /** A stream without any message is given up after so many bytes. */
  private static final int MAX_FOREIGN_BYTES = 1 << 20;

  private enum State {
    /** Where a message may start. */
    BETWEEN,
    /** In the headers of a message. */
    HEADERS,
    /** A message whose headers are known. */
    BODY,
    /** Looking for a start line. */
    SEARCH,
    IGNORING
  }

  private final SipReaders shared;
  private final SipCounters counters;
  private final int max;
  private State state = State.BETWEEN;

  /** What is there of a message that is not whole, or of what may become a start line. */
  private MessageBuffer buffer;

  /** The last step could not go on without more bytes. */
  private boolean needsMore;

  /** Of the message in hand: its bytes, and as many of them as are taken. */
  private int total;

  private int wanted;

  /** Bytes of a body that are to be left out. */
  private int skip;

  private boolean begun;

  /** There was a message. */
  private boolean isSip;

  /** It is counted what the stream is if not SIP. */
  private boolean judged;

  private int foreign;

  /** The framing is lost, and what does not parse until it is found raises no event. */
  private boolean lost;

  /** It was lost with bytes that are missing. */
  private boolean hole;

  /** While searching: the next byte is the first of a line, which may be only a guess. */
  private boolean lineStart;

  private boolean guess;

  SipStreamReader(SipReaders shared) {
    this.shared = shared;
    counters = shared.counters;
    max = shared.pool.maxBytes();
  }

  @Override
  public boolean isHolding() {
    return buffer != null;
  }

  @Override
  public boolean isIgnoring() {
    return state == State.IGNORING;
  }

  private int held() {
    return buffer == null ? 0 : buffer.length;
  }

  @Override
  public void read(Envelope envelope, byte[] bytes, int from, int end) throws InterruptedException {
    int before = held();
    int at = from;
    while (at < end && state != State.IGNORING) {
      if (skip > 0) {
        at = skipped(at, end);
      } else if (buffer != null) {
        at = resume(envelope, bytes, at, end);
      } else {
        needsMore = false;
        at = step(envelope, bytes, at, end, shared.pool.spare());
        if (needsMore) {
          buffer = shared.pool.use();
          shared.pool.append(buffer, bytes, at, end);
          at = end;
        }
      }
    }
    if (at < end) {
      counters.add(counters.foreignBytes, end - at);
    }
    if (before != held()) {
      counters.add(counters.heldBytes, held() - before);
    }
  }

  private int skipped(int at, int end) {
    int skipped = Math.min(skip, end - at);
    counters.add(counters.cutBytes, skipped);
    skip -= skipped;
    return at + skipped;
  }

  /** Goes on in the buffer, with bytes of the segment behind it. */
  private int resume(Envelope envelope, byte[] bytes, int at, int end) throws InterruptedException {
    int old = buffer.length;
    int most = state == State.BODY ? wanted : max;
    int added = Math.min(end - at, most - old);
    shared.pool.append(buffer, bytes, at, at + added);
    int done = 0;
    needsMore = false;
    while (done < old && !needsMore && state != State.IGNORING) {
      done =
          skip > 0
              ? skipped(done, buffer.length)
              : step(envelope, buffer.bytes, done, buffer.length, buffer);
    }
    if (needsMore) {
      buffer.keep(done, buffer.length);
      return at + added;
    }
    if (state == State.IGNORING && done < old) {
      counters.add(counters.foreignBytes, old - done);
      done = old;
    }
    release();
    return at + done - old; // the rest is all of this segment
  }

  private void release() {
    shared.pool.release(buffer);
    buffer = null;
  }

  /**
   * One step on. If it needs more bytes, it says so, and all from its result on is to be kept.
   *
   * @param parsing what parses the message at {@code at}; the same until that is over
   * @return where the next step starts
   */
  private int step(Envelope envelope, byte[] bytes, int at, int end, MessageBuffer parsing)
      throws InterruptedException {
    if (!begun && !mayBeSip(envelope, bytes, at, end)) {
      return at;
    }
    return switch (state) {
      case BETWEEN -> {
        int from = StartLine.skipLineEnds(bytes, at, end);
        if (from > at) {
          counters.add(counters.blankBytes, from - at);
        }
        if (from < end) {
          begin(parsing);
          yield headers(envelope, bytes, from, end, parsing);
        }
        yield from;
      }
      case HEADERS -> headers(envelope, bytes, at, end, parsing);
      case BODY -> body(envelope, bytes, at, end, parsing.row);
      case SEARCH -> search(bytes, at, end, parsing);
      case IGNORING -> at;
    };
  }

  /** Looks at the first bytes of the stream; false if it needs more of them, or is no SIP. */
  private boolean mayBeSip(Envelope envelope, byte[] bytes, int at, int end) {
    StreamKind.Kind tls = StreamKind.tls(bytes, at, end);
    if (tls == StreamKind.Kind.YES) {
      counters.tls();
      state = State.IGNORING;
    } else if (tls == StreamKind.Kind.OPEN) {
      needsMore = true;
    } else if (state == State.BETWEEN) {
      int seen = Math.min(end, at + max); // what would be there if the stream came in pieces
      switch (StreamKind.http(bytes, at, seen)) {
        case OPEN -> needsMore = end - at < max; // a buffer that is full gets no more
        case YES -> {
          counters.increment(counters.http);
          if (StreamKind.isUpgrade(bytes, at, end)) {
            boolean reply = StreamKind.isHttpReply(bytes, at, end);
            shared.upgrade(reply ? envelope.sourcePort : envelope.destinationPort);
          }
          state = State.IGNORING;
        }
        default -> {}
      }
    }
    begun = !needsMore;
    return begun && state != State.IGNORING;
  }

  private void begin(MessageBuffer parsing) {
    parsing.parser.reset(false, true);
    state = State.HEADERS;
  }

  private int headers(Envelope envelope, byte[] bytes, int at, int end, MessageBuffer parsing)
      throws InterruptedException {
    int length = Math.min(end - at, max);
    int error = parsing.parser.parse(bytes, at, length, false, parsing.row);
    if (error == SipError.OK) {
      found();
      total = parsing.row[SipIndex.BODY] + parsing.row[SipIndex.CONTENT_LENGTH];
      wanted = Math.min(total, max);
      state = State.BODY;
      return body(envelope, bytes, at, end, parsing.row);
    }
    if (error != SipError.MORE_BYTES) {
      fault(envelope, error, bytes, at, at + length, parsing.row);
      return at;
    }
    if (length < max) {
      needsMore = true;
      return at;
    }
    counters.increment(counters.hugePackets);
    counters.add(counters.lostBytes, max);
    lose(false);
    return at + max;
  }

  /** The headers of a message are good. */
  private void found() {
    isSip = true;
    if (lost) {
      lost = false;
      counters.increment(counters.resyncs);
    }
    if (hole) {
      hole = false;
      shared.streams.recovered();
    }
  }

  private int body(Envelope envelope, byte[] bytes, int at, int end, int[] row)
      throws InterruptedException {
    if (end - at < wanted) {
      needsMore = true;
      return at;
    }
    emit(envelope, bytes, at, row, wanted);
    return at + wanted;
  }

  /** Gives a message with so many of its bytes; the rest is left out when it comes. */
  private void emit(Envelope envelope, byte[] bytes, int at, int[] row, int present)
      throws InterruptedException {
    state = State.BETWEEN;
    skip = total - present;
    if (skip > 0) {
      counters.increment(counters.cutBodies);
    }
    counters.add(counters.messageBytes, present);
    row[SipIndex.LENGTH] = present;
    shared.output.message(envelope, bytes, at, row);
  }

  private void fault(Envelope envelope, int error, byte[] bytes, int at, int end, int[] row)
      throws InterruptedException {
    if (lost) {
      counters.increment(counters.falseStarts);
      lose(false);
      return;
    }
    judge(bytes, at, end);
    lose(false);
    int next = StartLine.next(bytes, at, end);
    int message = (isLineEnd(bytes, next, end) ? end : next) - at;
    row[SipIndex.LENGTH] = Math.max(message, row[SipIndex.BODY]);
    shared.output.parseError(envelope, error, bytes, at, row);
  }

  private void judge(byte[] bytes, int at, int end) {
    if (!isSip && !judged) {
      judged = true;
      boolean http = StreamKind.isHttp(bytes, at, end);
      counters.increment(http ? counters.http : counters.notSip);
    }
  }

  /**
   * From here on a start line is looked for.
   *
   * @param mayBeHere the next byte may be the first of a line
   */
  private void lose(boolean mayBeHere) {
    lost = true;
    state = State.SEARCH;
    lineStart = mayBeHere;
    guess = mayBeHere;
  }

  private int search(byte[] bytes, int at, int end, MessageBuffer parsing) {
    if (lineStart) {
      int test = StartLine.test(bytes, at, end);
      if (test == SipError.OK && !(guess && isUnknownMethod(bytes, at, end))) {
        begin(parsing);
        return at;
      }
      if (test == SipError.MORE_BYTES && end - at < max) {
        needsMore = true;
        return at;
      }
    }
    int next = StartLine.next(bytes, at, end);
    boolean atLineEnd = isLineEnd(bytes, next, end);
    lineStart = next < end && !atLineEnd;
    guess = false;
    needsMore = atLineEnd; // whether a line starts behind it, the next byte tells
    passed(bytes, at, next);
    return next;
  }

  private static boolean isLineEnd(byte[] bytes, int at, int end) {
    return at < end && (bytes[at] == '\r' || bytes[at] == '\n');
  }

  /** The end of a word may look like a method where we do not know that a line starts. */
  private static boolean isUnknownMethod(byte[] bytes, int at, int end) {
    int space = at;
    while (space < end && bytes[space] != ' ') {
      space++;
    }
    return bytes[at + 3] != '/' // as in SIP/2.0
        && SipMethod.of(bytes, at, space - at) == SipMethod.OTHER;
  }

  private void passed(byte[] bytes, int from, int to) {
    counters.add(counters.skippedBytes, to - from);
    if (!isSip) {
      foreign += to - from;
      if (foreign > MAX_FOREIGN_BYTES) {
        judge(bytes, from, to);
        state = State.IGNORING;
        needsMore = false;
      }
    }
  }

  @Override
  public void gap(Envelope envelope, long missing) throws InterruptedException {
    if (state == State.IGNORING) {
      return;
    }
    letGo(envelope);
    if (missing != UNKNOWN && missing <= skip) {
      skip -= (int) missing;
      shared.streams.recovered();
      return;
    }
    skip = 0;
    hole = true;
    lose(true);
  }

  @Override
  public void giveUp(Envelope envelope) throws InterruptedException {
    letGo(envelope);
  }

  @Override
  public void close(Envelope envelope) throws InterruptedException {
    letGo(envelope);
  }

  /** Gives the message whose headers are there without the rest of its body, drops all else. */
  private void letGo(Envelope envelope) throws InterruptedException {
    if (buffer == null) {
      return;
    }
    int length = buffer.length;
    counters.add(counters.heldBytes, -length);
    switch (state) {
      case BODY -> emit(envelope, buffer.bytes, 0, buffer.row, length);
      case HEADERS -> {
        counters.increment(counters.lostMessages);
        counters.add(counters.lostBytes, length);
        lose(false);
      }
      default -> {
        counters.add(counters.skippedBytes, length);
        lose(false);
      }
    }
    release();
  }
}
