package io.callscope.capture.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import io.callscope.counters.CounterGroup;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Sends segments to {@link TcpStreams} and notes what they give. */
final class Wire implements SipOutput {
  static final long START = 1_700_000_000_000_000_000L;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;
  static final int CLIENT = 40_000;
  static final int SERVER = 5060;

  final StreamCounters counters;
  final SipCounters sip;
  final CounterGroup group;
  final StreamMemory memory;
  final TcpStreams streams;
  final List<String> messages = new ArrayList<>();
  final List<String> errors = new ArrayList<>();

  /** Capture times of the messages. */
  final List<Long> times = new ArrayList<>();

  long nanos = START;
  private final Segment segment = new Segment();

  Wire() {
    this(TcpOptions.DEFAULTS);
  }

  Wire(TcpOptions options) {
    this(options, readers -> readers);
  }

  /**
   * @param of makes the readers in use of those that are usual
   */
  Wire(TcpOptions options, UnaryOperator<ReaderFactory> of) {
    CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");
    counters = new StreamCounters(builder);
    sip = new SipCounters(builder);
    group = builder.build();
    counters.countIn(group);
    sip.countIn(group);
    memory = new StreamMemory(options.maxMemoryBytes());
    ReaderFactory readers = of.apply(new SipReaders(options, memory, sip, counters, this));
    streams = new TcpStreams(options, memory, readers, counters, readers, counters);
    segment.envelope = new Envelope();
  }

  static TcpOptions limits(int maxStreams, long maxMemory) {
    return options(4096, 16_384, maxStreams, maxMemory);
  }

  static TcpOptions buffers(int first, int max) {
    return options(first, max, 1000, 1 << 20);
  }

  private static TcpOptions options(int buffer, int maxBuffer, int maxStreams, long maxMemory) {
    TcpOptions usual = TcpOptions.DEFAULTS;
    return new TcpOptions(
        usual.gcNanos(),
        usual.reorderNanos(),
        usual.connectionNanos(),
        buffer,
        maxBuffer,
        maxStreams,
        maxMemory,
        List.of());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void message(Envelope envelope, byte[] bytes, int from, int[] row) {
    assertThat(envelope.transport).isEqualTo(Transport.TCP);
    messages.add(text(bytes, from, row[SipIndex.LENGTH]));
    times.add(envelope.captureNanos);
  }

  @Override
  public void parseError(Envelope envelope, int error, byte[] bytes, int from, int[] row) {
    assertThat(row[SipIndex.BODY]).isLessThanOrEqualTo(row[SipIndex.LENGTH]);
    errors.add(error + " " + text(bytes, from, row[SipIndex.BODY]));
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  /** A segment from the client, a millisecond after the one before. */
  Wire send(int flags, int sequence, String payload) {
    return send(flags, sequence, bytes(payload));
  }

  Wire send(int flags, int sequence, byte[] payload) {
    return send(CLIENT, SERVER, flags, sequence, 0, payload, 0);
  }

  /**
   * @param missing bytes behind the payload that were not captured
   */
  Wire send(
      int from, int to, int flags, int sequence, int acknowledgement, byte[] payload, int missing) {
    nanos += MILLI;
    segment.bytes = new byte[payload.length + 7];
    System.arraycopy(payload, 0, segment.bytes, 5, payload.length);
    segment.at = 5;
    segment.end = 5 + payload.length;
    segment.missing = missing;
    segment.flags = flags;
    segment.sequence = sequence;
    segment.acknowledgement = acknowledgement;
    segment.envelope.transport = Transport.TCP;
    segment.envelope.captureNanos = nanos;
    segment.envelope.sourceLow = IpAddress.lowOfIpv4(from);
    segment.envelope.destinationLow = IpAddress.lowOfIpv4(to);
    segment.envelope.sourcePort = from & 0xffff;
    segment.envelope.destinationPort = to & 0xffff;
    run(() -> streams.tick(nanos, nanos));
    run(() -> streams.segment(segment));
    return this;
  }

  Wire tick(long later) {
    nanos += later;
    run(() -> streams.tick(nanos, nanos));
    return this;
  }

  /** Nothing more comes, and the account is checked. */
  Wire end() {
    run(() -> streams.end(nanos, nanos));
    assertAccounts();
    assertThat(memory.held()).as("memory held").isZero();
    assertThat(streams.size()).as("streams").isZero();
    return this;
  }

  void assertAccounts() {
    assertThat(counters.segmentBalance("s").missing()).as("segments").isZero();
    assertThat(counters.byteBalance("b").missing()).as("segment bytes").isZero();
    assertThat(sip.balance(counters.receivedBytes()).missing()).as("stream bytes").isZero();
  }

  long count(String name) {
    return counts().getOrDefault(name, 0L);
  }

  /** The counters that are not 0. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.value(i) != 0) {
        counts.put(group.definitions().get(i).name(), group.value(i));
      }
    }
    return counts;
  }

  /** What the source's thread does. */
  interface Work {
    void run() throws InterruptedException;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String invite(String callId, String body) {
    return "INVITE sip:bob@example.org SIP/2.0\r\n"
        + headers(callId, "INVITE")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  static String ok(String callId) {
    return "SIP/2.0 200 OK\r\n" + headers(callId, "INVITE") + "Content-Length: 0\r\n\r\n";
  }

  static String headers(String callId, String method) {
    return "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\n"
        + "From: <sip:alice@example.org>;tag=a\r\n"
        + "To: <sip:bob@example.org>\r\n"
        + "Call-ID: "
        + callId
        + "\r\nCSeq: 1 "
        + method
        + "\r\n";
  }
}
