package io.callscope.testdata;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One dialog: who talks, the texts that do not change, the messages to come and what must be seen
 * of it.
 */
final class Dialog implements Comparable<Dialog> {
  private static final long CALLERS = 4_930_000_000_000L;
  private static final long CALLEES = 4_940_000_000_000L;
  private static final int DOMAINS = 20;

  final Kind kind;
  final long number;
  final long seed;
  final boolean twoLegs;
  final Hop phone;
  final Hop trunk;
  final byte[] callId;
  final byte[] fromTag;
  final byte[] toTag;
  final byte[] challengerTag;
  final byte[] domain;
  final byte[] user;
  final byte[] caller;
  final byte[] callee;
  final byte[] target;
  final byte[] callerUri;
  final byte[] calleeUri;
  final byte[] identity;
  final byte[] route;

  final List<Step> steps = new ArrayList<>(24);
  int nextStep;
  long atNanos;

  final List<ExpectedEvent> events = new ArrayList<>(2);
  Open open = Open.NO;

  /** How long it stays open after its last message if nothing more comes. */
  int openSeconds;

  private long answeredNanos = -1;
  private long endedNanos = -1;

  /** What is left of a dialog after its last message. */
  enum Open {
    NO,
    ESTABLISHED,
    RINGING,
    BINDING
  }

  /** Texts that all dialogs are composed with; of one thread. */
  static final class Scratch {
    private final Bytes bytes = new Bytes(0, 512);
  }

  Dialog(
      Kind kind,
      long number,
      int subscriber,
      Topology topology,
      Options options,
      SplittableRandom random,
      Scratch scratch) {
    this.kind = kind;
    this.number = number;
    int phoneIndex = subscriber % topology.phones();
    phone = topology.phone(phoneIndex);
    trunk = topology.trunk(phoneIndex, random.nextInt(topology.gateways()));
    twoLegs = !kind.registers() && random.nextDouble() < options.twoLegs;
    seed = random.nextLong();
    Bytes b = scratch.bytes;
    callId =
        b.clear()
            .hex(seed, 16)
            .hex(Random64.of(options.seed, number), 16)
            .put('@')
            .put(phone.client().host())
            .copy();
    fromTag = b.clear().hex(Random64.of(seed, 1), 10).copy();
    toTag = b.clear().hex(Random64.of(seed, 2), 10).copy();
    challengerTag = b.clear().hex(Random64.of(seed, 3), 8).copy();
    domain = b.clear().put(SIP_NAME).decimal(1 + subscriber % DOMAINS).put(DOMAIN).copy();
    long callerNumber = CALLERS + subscriber;
    long calleeNumber = CALLEES + random.nextInt(90_000_000);
    user = b.clear().decimal(callerNumber).copy();
    caller = address(b, callerNumber);
    callee = kind.registers() ? caller : address(b, calleeNumber);
    target = b.clear().put(SIP).decimal(calleeNumber).put('@').put(domain).copy();
    byte[] transport = options.tcp ? TRANSPORT_TCP : TRANSPORT_UDP;
    byte[] contactHost = phone.client().hostPort();
    callerUri = b.clear().put(SIP).put(user).put('@').put(contactHost).put(transport).copy();
    byte[] calleeHost = (twoLegs ? trunk : phone).server().hostPort();
    calleeUri =
        b.clear().put(SIP).decimal(calleeNumber).put('@').put(calleeHost).put(transport).copy();
    identity = identity(b, callerNumber);
    b.clear().put(ROUTE_START).put(phone.server().hostPort()).put(ROUTE_MIDDLE).put(fromTag);
    route = b.put(ROUTE_DID).hex(seed >>> 20, 6).put('>').copy();
  }

  private byte[] address(Bytes b, long number) {
    b.clear().put('"');
    People.name(b, number);
    return b.put(QUOTE_SIP).decimal(number).put('@').put(domain).put('>').copy();
  }

  private byte[] identity(Bytes b, long number) {
    b.clear().put('"');
    People.name(b, number);
    return b.put(QUOTE_SIP).put('+').decimal(number).put('@').put(domain).put('>').copy();
  }

  void expect(EventType type, int status) {
    events.add(new ExpectedEvent(type, status));
  }

  Hop hop(Step step) {
    return step.leg() == 0 ? phone : trunk;
  }

  /** Notes when it was answered and ended. */
  void seen(Step step, long nanos) {
    int method = step.transaction().method;
    if (answeredNanos < 0 && method == SipMethod.INVITE && step.status() == 200) {
      answeredNanos = nanos;
    } else if (endedNanos < 0 && method == SipMethod.BYE && step.isRequest()) {
      endedNanos = nanos;
    }
  }

  /**
   * What there is to know of it.
   *
   * @param timed the times of its messages are exact
   */
  DialogTruth truth(boolean timed, boolean nanos) {
    long unit = nanos ? 1 : Script.MICRO;
    long talk = -1;
    if (timed && endedNanos >= 0) {
      talk = (endedNanos / unit - answeredNanos / unit) * unit / Script.SECOND;
    }
    String id = new String(callId, StandardCharsets.US_ASCII);
    return new DialogTruth(id, kind, twoLegs ? 2 : 1, List.copyOf(events), talk);
  }

  @Override
  public int compareTo(Dialog other) {
    int order = Long.compare(atNanos, other.atNanos);
    return order != 0 ? order : Long.compare(number, other.number);
  }

  private static final byte[] SIP_NAME = Bytes.ascii("sip");
  private static final byte[] DOMAIN = Bytes.ascii(".example.com");
  private static final byte[] SIP = Bytes.ascii("sip:");
  private static final byte[] QUOTE_SIP = Bytes.ascii("\" <sip:");
  private static final byte[] TRANSPORT_UDP = Bytes.ascii(";transport=udp");
  private static final byte[] TRANSPORT_TCP = Bytes.ascii(";transport=tcp");
  private static final byte[] ROUTE_START = Bytes.ascii("<sip:");
  private static final byte[] ROUTE_MIDDLE = Bytes.ascii(";lr;ftag=");
  private static final byte[] ROUTE_DID = Bytes.ascii(";did=");
}
