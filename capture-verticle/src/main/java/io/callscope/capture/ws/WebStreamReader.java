package io.callscope.capture.ws;

import io.callscope.bus.Envelope;
import io.callscope.capture.tcp.StreamReader;
import io.callscope.sip.SipError;
import java.util.Arrays;

/**
 * Reads one direction of a connection on a WebSocket port: HTTP until an upgrade, then frames.
 * Where the upgrade was not seen, or after a loss, it goes on with the first segment that starts
 * like a frame of SIP or an HTTP message.
 */
final class WebStreamReader implements StreamReader {
  private enum Mode {
    HTTP,
    FRAMES,
    /** Looks at the start of each segment. */
    SEARCH,
    IGNORING
  }

  private static final int TLS_HANDSHAKE = 22;
  private static final int TLS_MAJOR = 3;

  /** A stream of which nothing was understood is given up after so many bytes. */
  private static final int MAX_FOREIGN_BYTES = 1 << 20;

  /** So many bytes tell what starts there, or never will. */
  private static final int MAX_OPENING = 64;

  private final WebReaders shared;
  private final HttpCounters counters;
  private final WebSession session;
  private final HttpReader http;
  private final Upgrades upgrades;
  private FrameReader frames;
  private Mode mode = Mode.HTTP;
  private boolean begun;
  private boolean hole;

  /** This is the client's direction, and it has asked to upgrade. */
  private boolean asked;

  private int foreign;

  /** While searching: segments that were too short to tell what starts there. */
  private byte[] opening;

  WebStreamReader(WebReaders shared, WebSession session) {
    this.shared = shared;
    counters = shared.http;
    this.session = session;
    http = new HttpReader(shared);
    upgrades = new Upgrades(counters, session);
  }

  WebSession session() {
    return session;
  }

  @Override
  public boolean isHolding() {
    return http.isHolding() || (frames != null && frames.isHolding());
  }

  @Override
  public boolean isIgnoring() {
    return mode == Mode.IGNORING;
  }

  @Override
  public void read(Envelope envelope, byte[] bytes, int from, int end) throws InterruptedException {
    int at = from;
    if (!begun) {
      begun = true;
      begin(bytes, from, end);
    }
    if (mode == Mode.SEARCH) {
      at = search(envelope, bytes, from, end);
    }
    if (mode == Mode.HTTP) {
      at = readHttp(bytes, at, end);
    }
    switch (mode) {
      case FRAMES -> readFrames(envelope, bytes, at, end);
      case SEARCH -> passed(end - at);
      case IGNORING -> counters.add(counters.foreignBytes, end - at);
      default -> {}
    }
  }

  private void begin(byte[] bytes, int from, int end) {
    if (bytes[from] == TLS_HANDSHAKE && (from + 1 == end || bytes[from + 1] == TLS_MAJOR)) {
      shared.sip.tls();
      mode = Mode.IGNORING;
    }
  }

  /** Looks at the start of a segment, or of those that were too short to tell. */
  private int search(Envelope envelope, byte[] bytes, int from, int end)
      throws InterruptedException {
    byte[] look = bytes;
    int at = from;
    int to = end;
    if (opening != null) {
      look = Arrays.copyOf(opening, opening.length + Math.min(end - from, MAX_OPENING));
      System.arraycopy(bytes, from, look, opening.length, look.length - opening.length);
      at = 0;
      to = look.length;
    }
    FrameLikeness likeness = FrameLikeness.of(look, at, to);
    if (likeness == FrameLikeness.UNDECIDED && to - at < MAX_OPENING) {
      opening = Arrays.copyOfRange(look, at, to);
      return from;
    }
    byte[] before = opening;
    opening = null;
    if (likeness == FrameLikeness.YES) {
      counters.increment(counters.joined);
      enterFrames(true);
      overcome();
      if (before != null) {
        counters.add(counters.skippedBytes, -before.length); // they were not passed over after all
        readFrames(envelope, before, 0, before.length);
      }
    } else if (HttpReader.startsAt(bytes, from, end)) {
      mode = Mode.HTTP;
      overcome();
    }
    return from;
  }

  private void overcome() {
    if (hole) {
      hole = false;
      shared.streams.recovered();
    }
  }

  private void passed(int bytes) {
    counters.add(counters.skippedBytes, bytes);
    foreign += bytes;
    if (foreign > MAX_FOREIGN_BYTES) {
      mode = Mode.IGNORING;
    }
  }

  /** Reads HTTP until the end, or until the mode is another. */
  private int readHttp(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && mode == Mode.HTTP) {
      if (http.isBetween() && asked && answered(bytes, at, end)) {
        return at;
      }
      at = http.read(bytes, at, end);
      HttpHead head = http.takeHead();
      if (head != null) {
        head(head);
      } else if (http.takeFailure()) {
        lost();
      }
    }
    return at;
  }

  /** The client goes on after its request: as was answered, or as it looks. */
  private boolean answered(byte[] bytes, int at, int end) {
    boolean accepted =
        session.upgrade == WebSession.Upgrade.ACCEPTED
            || (session.upgrade == WebSession.Upgrade.UNKNOWN
                && FrameLikeness.of(bytes, at, end) == FrameLikeness.YES);
    asked = false;
    if (accepted) {
      enterFrames(session.isSip || session.upgrade == WebSession.Upgrade.UNKNOWN);
    }
    return accepted;
  }

  private void head(HttpHead head) {
    if (head.error != SipError.OK) {
      counters.parseError(head.error);
      lost();
      return;
    }
    counters.increment(counters.parsedOk);
    if (head.isRequest()) {
      counters.request(head.method);
      session.requested(head.method);
      http.expectBody(head, "");
      asked |= upgrades.request(head);
    } else {
      counters.reply(head.status);
      boolean isFinal = head.status >= 200 || head.status == 101;
      String method = isFinal ? session.answered() : "";
      http.expectBody(head, method);
      if (method.equals("CONNECT") && head.status < 300) {
        mode = Mode.IGNORING; // a tunnel
      } else {
        reply(head);
      }
    }
  }

  private void reply(HttpHead head) {
    switch (upgrades.reply(head)) {
      case WEB_SOCKET -> enterFrames(session.isSip);
      case OTHER -> mode = Mode.IGNORING;
      case NONE -> {}
    }
  }

  private void enterFrames(boolean isSip) {
    shared.ws.increment(shared.ws.streams);
    http.drop();
    if (!isSip) {
      mode = Mode.IGNORING;
      return;
    }
    shared.ws.increment(shared.ws.sipStreams);
    mode = Mode.FRAMES;
    frames = new FrameReader(shared, session);
  }

  private void readFrames(Envelope envelope, byte[] bytes, int at, int end)
      throws InterruptedException {
    if (at < end && !frames.read(envelope, bytes, at, end)) {
      lost();
    }
  }

  private void lost() {
    http.drop();
    if (frames != null) {
      frames.drop();
      frames = null;
    }
    mode = Mode.SEARCH;
    opening = null;
  }

  @Override
  public void gap(Envelope envelope, long missing) {
    if (mode == Mode.IGNORING) {
      return;
    }
    boolean goesOn =
        missing != UNKNOWN
            && (mode == Mode.FRAMES
                ? frames.skip(missing)
                : mode == Mode.HTTP && http.skip(missing));
    if (goesOn) {
      shared.streams.recovered();
    } else {
      hole = true;
      lost();
    }
  }

  @Override
  public void giveUp(Envelope envelope) {
    if (frames != null) {
      frames.drop();
    } else if (http.isHolding()) {
      lost();
    }
  }

  @Override
  public void close(Envelope envelope) {
    http.drop();
    if (frames != null) {
      frames.drop();
    }
  }
}
