package io.callscope.ipfix;

import io.callscope.bus.CallQuality;
import io.callscope.bus.Envelope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol of the SBCs' feed: bytes of their connections in, messages and reports of calls out,
 * answers back. Plain single-threaded Java; the time is told ({@link #at}). Nothing an SBC sends
 * makes it fail; what cannot be read is counted and, where the stream cannot be followed any more,
 * ends the connection.
 */
final class Collector implements Framing.Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  /** Has a limit of its own: whoever reaches the port may come and go as he likes. */
  private static final Logger STRANGERS = LoggerFactory.getLogger("io.callscope.ipfix.strangers");

  private final CollectorSettings settings;
  private final SipIntake intake;
  private final IpfixCounters counters;
  private final IpfixRegistry registry;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final SipRecord record = new SipRecord();
  private final QualityReader qualityReader = new QualityReader();
  private final Envelope envelope = new Envelope();

  /** Whose message is being read. */
  private Connection current;

  private int records;
  private long wallNanos;
  private long monotonicNanos;

  Collector(
      CollectorSettings settings,
      SipIntake intake,
      IpfixCounters counters,
      IpfixRegistry registry) {
    this.settings = settings;
    this.intake = intake;
    this.counters = counters;
    this.registry = registry;
  }

  /**
   * It is so late.
   *
   * @param wall ns since 1970
   * @param monotonic a clock of any zero that never jumps
   */
  void at(long wall, long monotonic) {
    wallNanos = wall;
    monotonicNanos = monotonic;
    intake.at(wall, monotonic);
  }

  void opened(Connection connection) {
    connection.open = true;
    connections.add(connection);
    registry.opened(connection.health);
    counters.increment(counters.connsTotal);
    counters.group().set(counters.connsActive, connections.size());
    Timeouts.Agreement initial = settings.timeouts().initial();
    connection.heard(monotonicNanos);
    connection.timeout(initial.timeoutSeconds(), monotonicNanos);
    connection.health.agreed(initial);
    connection.awaitFirst(settings.timeouts().firstMessageSeconds(), monotonicNanos);
  }

  /** Bytes of a connection, as they were read. */
  void received(Connection connection, byte[] bytes) throws InterruptedException {
    if (!connection.open) {
      return;
    }
    counters.add(counters.bytesRcvd, bytes.length);
    connection.health.add(Health.BYTES, bytes.length);
    connection.health.set(Health.LAST_IO, wallNanos);
    connection.heard(monotonicNanos);
    current = connection;
    Framing framing = connection.framing;
    boolean continued = framing.partial() > 0;
    boolean readable;
    try {
      readable = framing.read(bytes, 0, bytes.length, this);
    } catch (RuntimeException e) {
      // A mistake of ours must cost one connection, not the collector.
      LOG.error("reading from SBC {} failed", connection.health.sbc(), e);
      counters.increment(counters.errBug);
      giveUp(connection, "internal error");
      return;
    }
    if (framing.partial() > 0) {
      counters.increment(counters.shortRead);
    }
    counters.add(counters.longRead, Math.max(0, framing.begun() - (continued ? 0 : 1)));
    if (!readable) {
      counters.increment(counters.errParse);
      giveUp(connection, framing.error());
    }
  }

  @Override
  public void message(byte[] bytes, int at, int end) throws InterruptedException {
    Health health = current.health;
    counters.increment(counters.pktsRcvd);
    health.increment(Health.MESSAGES);
    envelope.arrivalNanos = wallNanos;
    records = 0;
    int sets = 0;
    boolean good = true;
    int from = at + Framing.HEADER;
    while (from < end) {
      int length = end - from < Framing.SET_HEADER ? -1 : Octets.uint16(bytes, from + 2);
      if (length < Framing.SET_HEADER || length > end - from) {
        good &= isPadding(bytes, from, end);
        break;
      }
      sets++;
      good &= set(bytes, at, from, from + length);
      from += length;
    }
    if (good) {
      counters.max(counters.maxSets, sets);
    }
    sequence(Octets.uint32(bytes, at + Framing.SEQUENCE));
  }

  /** What stands at the end of a message and is no set may be padding; else it is an error. */
  private boolean isPadding(byte[] bytes, int from, int end) {
    boolean zeros = end - from < Framing.SET_HEADER;
    for (int i = from; i < end && zeros; i++) {
      zeros = bytes[i] == 0;
    }
    if (!zeros) {
      counters.increment(counters.errParse);
      current.health.error("set of a wrong length", wallNanos);
    }
    return zeros;
  }

  private boolean set(byte[] bytes, int message, int at, int end) throws InterruptedException {
    int id = Octets.uint16(bytes, at);
    counters.increment(counters.sets);
    current.health.countSet(id, end - at);
    if (content(id, bytes, message, at + Framing.SET_HEADER, end)) {
      return true;
    }
    counters.increment(counters.errParse);
    counters.increment(counters.errSets);
    current.health.error("set " + id + " is malformed", wallNanos);
    return false;
  }

  private boolean content(int id, byte[] bytes, int message, int at, int end)
      throws InterruptedException {
    switch (id) {
      case SetId.KEEP_ALIVE -> {
        counters.increment(counters.keepalives);
        current.health.increment(Health.KEEP_ALIVES);
        current.health.set(Health.LAST_KEEP_ALIVE, wallNanos);
      }
      case SetId.TEMPLATE -> counters.increment(counters.templateSets);
      case SetId.OPTIONS_TEMPLATE -> counters.increment(counters.optTemplateSets);
      case SetId.CONNECT -> {
        return connect(bytes, message, at, end);
      }
      case SetId.UDP_IN,
          SetId.UDP_OUT,
          SetId.TCP_IN,
          SetId.TCP_OUT,
          SetId.SCTP_IN,
          SetId.SCTP_OUT -> {
        return sip(id, bytes, at, end);
      }
      case SetId.QUALITY -> {
        return quality(bytes, at, end);
      }
      default -> {
        counters.increment(counters.unknownSets);
        current.health.unknown(id, bytes, at, end);
        records++;
      }
    }
    return true;
  }

  private boolean connect(byte[] bytes, int message, int at, int end) {
    Handshake request = Handshake.read(bytes, at, end);
    if (request == null) {
      return false;
    }
    counters.increment(counters.connOpen);
    padding(end - at - request.size());
    Timeouts.Agreement agreed = settings.timeouts().agree(request.keepAliveSeconds());
    current.health.handshake(request, agreed);
    current.timeout(agreed.timeoutSeconds(), monotonicNanos);
    byte[] answer =
        request.answer(
            bytes,
            message,
            at,
            request.flags() & settings.qualityFlags(),
            agreed.keepAliveSeconds());
    current.peer.send(answer);
    counters.increment(counters.pktsSent);
    counters.add(counters.bytesSent, answer.length);
    if (current.health.get(Health.HANDSHAKES) == 1) {
      LOG.info(
          "SBC {} at {}: connected, keep-alive {} s, timeout {} s",
          current.health.sbc(),
          current.health.address(),
          agreed.keepAliveSeconds(),
          agreed.timeoutSeconds());
    }
    return true;
  }

  private boolean sip(int id, byte[] bytes, int at, int end) throws InterruptedException {
    records++;
    if (settings.ignores(id)) {
      counters.increment(counters.ignoredSets);
      current.health.increment(Health.IGNORED);
      return true;
    }
    if (!record.read(id, bytes, at, end, envelope)) {
      return false;
    }
    padding(end - record.end);
    counters.sip(id, record.ipv6);
    current.health.increment(Health.SIP);
    intake.message(bytes, record, id, envelope, current.health);
    return true;
  }

  private boolean quality(byte[] bytes, int at, int end) throws InterruptedException {
    records++;
    CallQuality report = qualityReader.read(bytes, at, end, current.health.sbc());
    if (report == null) {
      return false;
    }
    padding(end - qualityReader.end());
    counters.increment(counters.qos);
    current.health.increment(Health.QUALITY);
    intake.quality(report, envelope, current.health);
    return true;
  }

  private void padding(int bytes) {
    if (bytes > 0) {
      counters.increment(counters.paddedSets);
      counters.max(counters.maxPadding, bytes);
    }
  }

  private void sequence(long number) {
    if (records == 0) {
      return; // keep-alives and connect requests do not count
    }
    long missing = current.sequence.jump(number, records);
    if (missing >= 0) {
      counters.increment(counters.seqGaps);
      current.health.increment(Health.SEQUENCE_GAPS);
      current.health.add(Health.SEQUENCE_MISSING, missing);
    }
  }

  /** The other side has closed it, or it broke. */
  void closed(Connection connection, String error) {
    if (!connection.open) {
      return;
    }
    String reason = error;
    if (error != null) {
      counters.increment(counters.errOther);
    } else if (connection.framing.partial() > 0) {
      reason = "closed by the SBC within a message";
    }
    if (reason != null) {
      connection.health.error(reason, wallNanos);
    }
    end(connection, reason == null ? "closed by the SBC" : reason);
  }

  private void giveUp(Connection connection, String reason) {
    connection.health.error(reason, wallNanos);
    end(connection, reason);
    connection.peer.close();
  }

  private void end(Connection connection, String reason) {
    connection.open = false;
    connections.remove(connection);
    if (connection.framing.partial() > 0) {
      counters.increment(counters.partialMsgs);
    }
    counters.group().set(counters.connsActive, connections.size());
    counters.max(counters.maxConnLifetime, connection.health.lifetimeSeconds(wallNanos));
    connection.health.ended(reason, wallNanos);
    registry.ended(connection.health);
    connection.peer.ended();
    if (connection.health.get(Health.HANDSHAKES) > 0) {
      LOG.info("SBC {} at {}: {}", connection.health.sbc(), connection.health.address(), reason);
    } else {
      STRANGERS.info(
          "{}: connected, and not known as an SBC: {}", connection.health.address(), reason);
    }
  }

  /** Closes the connections that have been silent for too long. */
  void tick() {
    List<Connection> silent = new ArrayList<>();
    List<Connection> dumb = new ArrayList<>();
    for (Connection connection : connections) {
      if (connection.isDumb(monotonicNanos)) {
        dumb.add(connection);
        continue;
      }
      switch (connection.timer(monotonicNanos)) {
        case OVER -> silent.add(connection);
        case RESET -> counters.increment(counters.dbgIoDeadlines);
        case RUNNING -> {}
      }
    }
    for (Connection connection : silent) {
      counters.increment(counters.errTimeout);
      giveUp(connection, "silent for too long");
    }
    for (Connection connection : dumb) {
      counters.increment(counters.errTimeout);
      giveUp(connection, "no whole message in time");
    }
  }

  /** Reading from sockets goes on after a pause that was ours: nobody has been silent meanwhile. */
  void resumed() {
    connections.forEach(connection -> connection.resumed(monotonicNanos));
  }

  /** The collector stops. */
  void end() {
    for (Connection connection : List.copyOf(connections)) {
      end(connection, "the collector stopped");
      connection.peer.close();
    }
  }
}
