package io.callscope.ipfix;

import io.callscope.bus.EventTime;
import io.callscope.net.Ends;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How a connection is doing, for pages. Written by the collector's thread, read by any, also while
 * that thread waits for a tracker.
 */
final class Health {
  // Figures that stand in the answer to a query under their names, in this order.
  static final int MESSAGES = 0;
  static final int BYTES = 1;
  static final int SIP = 2;
  static final int QUALITY = 3;
  static final int LINKS = 4;
  static final int KEEP_ALIVES = 5;
  static final int SEQUENCE_GAPS = 6;
  static final int SEQUENCE_MISSING = 7;
  static final int CLOCK_AHEAD_MILLIS = 8;
  static final int CLOCK_OFF = 9;
  static final int TRUNCATED = 10;
  static final int PARSE_ERRORS = 11;
  static final int PROBES = 12;
  static final int IGNORED = 13;
  static final int ERRORS = 14;
  static final int HANDSHAKES = 15;
  static final int TIMEOUT_SECONDS = 16;
  static final int KEEP_ALIVE_SECONDS = 17;

  // Times, ns since 1970.
  static final int LAST_IO = 18;
  static final int LAST_KEEP_ALIVE = 19;
  static final int LAST_ERROR = 20;
  static final int ENDED = 21;

  private static final String[] NAMES = {
    "messages",
    "bytes",
    "sip",
    "quality",
    "links",
    "keepAlives",
    "sequenceGaps",
    "sequenceMissing",
    "clockAheadMillis",
    "clockOff",
    "truncated",
    "parseErrors",
    "probes",
    "ignored",
    "errors",
    "handshakes",
    "timeoutSeconds",
    "keepAliveSeconds"
  };

  private static final int SAMPLE_BYTES = 64;
  private static final int MAX_NAME = 64;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Remote remote;
  private final String collector;
  private final long sinceNanos;
  private final AtomicLongArray figures = new AtomicLongArray(ENDED + 1);
  private final AtomicLongArray sets = new AtomicLongArray(SetId.SLOTS);
  private final AtomicLongArray setBytes = new AtomicLongArray(SetId.SLOTS);
  private volatile Handshake handshake;
  private volatile String sbc;
  private volatile byte[] note;
  private volatile String lastError = "";
  private volatile String endReason = "";
  private volatile Map<String, Object> unknownSet;

  Health(Remote remote, String collector, long sinceNanos) {
    this.remote = remote;
    this.collector = collector;
    this.sinceNanos = sinceNanos;
    name(remote.ip());
    figures.set(LAST_IO, sinceNanos);
  }

  private void name(String name) {
    sbc = name;
    note =
        (name.equals(remote.ip()) ? name : name + " (" + remote.ip() + ")")
            .getBytes(StandardCharsets.UTF_8);
  }

  long id() {
    return remote.id();
  }

  long get(int figure) {
    return figures.getOpaque(figure);
  }

  void increment(int figure) {
    add(figure, 1);
  }

  void add(int figure, long by) {
    set(figure, figures.getPlain(figure) + by);
  }

  void set(int figure, long value) {
    figures.setOpaque(figure, value);
  }

  void clockAhead(long nanos) {
    set(CLOCK_AHEAD_MILLIS, nanos / NANOS_PER_MILLI);
  }

  /** A set came. */
  void countSet(int setId, int length) {
    int slot = SetId.slot(setId);
    sets.setOpaque(slot, sets.getPlain(slot) + 1);
    setBytes.setOpaque(slot, setBytes.getPlain(slot) + length);
  }

  void handshake(Handshake received, Timeouts.Agreement agreed) {
    handshake = received;
    increment(HANDSHAKES);
    agreed(agreed);
    String host = printable(received.host());
    name(host.isEmpty() ? remote.ip() : host);
  }

  void agreed(Timeouts.Agreement agreed) {
    set(TIMEOUT_SECONDS, agreed.timeoutSeconds());
    set(KEEP_ALIVE_SECONDS, agreed.keepAliveSeconds());
  }

  private static String printable(String text) {
    return text.substring(0, Math.min(text.length(), MAX_NAME)).replaceAll("[^!-~]", "");
  }

  void error(String what, long wallNanos) {
    increment(ERRORS);
    lastError = what;
    set(LAST_ERROR, wallNanos);
  }

  /** Keeps the start of an unknown set, for whoever may know it. */
  void unknown(int setId, byte[] bytes, int at, int end) {
    Map<String, Object> known = unknownSet;
    if (known != null && known.get("id").equals(setId)) {
      return;
    }
    StringBuilder hex = new StringBuilder();
    for (int i = at; i < Math.min(end, at + SAMPLE_BYTES); i++) {
      hex.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16));
      hex.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    unknownSet = Map.of("id", setId, "hex", hex.toString());
  }

  void ended(String reason, long wallNanos) {
    endReason = reason;
    set(ENDED, wallNanos);
  }

  /** Seconds it has been there. */
  long lifetimeSeconds(long wallNanos) {
    return Math.max(0, wallNanos - sinceNanos) / 1_000_000_000;
  }

  /** Name of the SBC, or its address before it has told one. */
  String sbc() {
    return sbc;
  }

  /** Address and port of the SBC. */
  String address() {
    return Ends.of(remote.ip(), remote.port());
  }

  /** What records of it are tagged with: its name and address. */
  byte[] note() {
    return note;
  }

  /** Whether somebody who says so means this SBC: its name, its address, or both. */
  boolean isOf(String text) {
    return text.equals(sbc)
        || text.equals(remote.ip())
        || text.equals(new String(note, StandardCharsets.UTF_8));
  }

  /** The connection under the names of {@code docs/bus.md}. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", remote.id());
    view.put("collector", collector);
    view.put("remote", remote.ip());
    view.put("remotePort", remote.port());
    view.put("local", remote.localIp());
    view.put("localPort", remote.localPort());
    view.put("sbc", sbc);
    view.put("since", EventTime.text(sinceNanos));
    EventTime.put(view, "lastIo", get(LAST_IO));
    EventTime.put(view, "ended", get(ENDED));
    view.put("endReason", endReason);
    for (int figure = 0; figure < NAMES.length; figure++) {
      view.put(NAMES[figure], get(figure));
    }
    EventTime.put(view, "lastKeepAlive", get(LAST_KEEP_ALIVE));
    view.put("lastError", lastError);
    EventTime.put(view, "lastErrorTime", get(LAST_ERROR));
    if (handshake != null) {
      view.put("handshake", view(handshake));
    }
    view.put("sets", sets());
    if (unknownSet != null) {
      view.put("unknownSet", unknownSet);
    }
    return view;
  }

  private static Map<String, Object> view(Handshake handshake) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("major", handshake.major());
    view.put("minor", handshake.minor());
    view.put("flags", handshake.flags());
    view.put("flags2", handshake.flags2());
    view.put("systemFlags", handshake.systemFlags());
    view.put("keepAliveSeconds", handshake.keepAliveSeconds());
    view.put("systemId", handshake.systemId());
    view.put("product", handshake.product());
    view.put("productVersion", handshake.productVersion());
    view.put("host", handshake.host());
    return view;
  }

  private List<Map<String, Object>> sets() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int slot = 0; slot < SetId.SLOTS; slot++) {
      if (sets.getOpaque(slot) > 0) {
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("id", SetId.ofSlot(slot));
        set.put("name", SetId.nameOfSlot(slot));
        set.put("sets", sets.getOpaque(slot));
        set.put("bytes", setBytes.getOpaque(slot));
        all.add(set);
      }
    }
    return all;
  }
}
