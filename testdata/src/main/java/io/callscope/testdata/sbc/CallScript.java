package io.callscope.testdata.sbc;

import io.callscope.testdata.sbc.FeedMessage.Direction;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A call through an SBC as the SBC reports it: both legs, each message received and sent, and at
 * the end a report of its quality. Composed once; only a number of ten digits, the times and the
 * sequence numbers change from call to call, so that sending one costs little more than copying it.
 */
public final class CallScript {
  private static final String NUMBER = "0000000000";
  private static final byte[] NUMBER_BYTES = NUMBER.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Kind kind;
  private final String network;
  private final String legA;
  private final String legB;
  private final List<Step> steps = new ArrayList<>();

  /** What is sent. */
  public enum Kind {
    UDP4(false, false),
    UDP6(false, true),
    TCP4(true, false),
    TCP6(true, true);

    private final boolean tcp;
    private final boolean ipv6;

    Kind(boolean tcp, boolean ipv6) {
      this.tcp = tcp;
      this.ipv6 = ipv6;
    }

    boolean isIpv6() {
      return ipv6;
    }
  }

  /**
   * One IPFIX message of the call.
   *
   * @param numbers where the number of the call stands in it
   */
  @SuppressWarnings("ArrayRecordComponent") // a holder, never compared
  private record Step(byte[] message, int[] numbers, boolean quality) {}

  /**
   * @param sbc its name; part of the Call-IDs, so that those of two SBCs differ
   * @param only one direction is reported; null for both
   * @param quality a report of the call's quality comes at its end
   */
  public CallScript(String sbc, Kind kind, Direction only, boolean quality) {
    this(sbc, kind.ipv6 ? "2001:db8::" : "198.51.100.", kind, only, quality);
  }

  /**
   * @param network what the addresses of SBC and both parties begin with
   */
  CallScript(String sbc, String network, Kind kind, Direction only, boolean quality) {
    this.kind = kind;
    this.network = network;
    legA = "in" + NUMBER + "@" + sbc;
    legB = "out" + NUMBER + "@" + sbc;
    call(only);
    if (quality) {
      add(FeedMessage.quality(0, 0, legA, legB, 438, 440), true);
    }
  }

  /** IPFIX messages of a call. */
  public int messages() {
    return steps.size();
  }

  /** The Call-IDs of a call: that of the caller's leg, then that of the called side's. */
  public List<String> callIds(long number) {
    String digits = String.format("%010x", number);
    return List.of(legA.replace(NUMBER, digits), legB.replace(NUMBER, digits));
  }

  private void call(Direction only) {
    String invite = "INVITE sip:bob@example.net SIP/2.0";
    relay(only, true, invite, "", "1 INVITE", true);
    relay(only, false, "SIP/2.0 100 Trying", "", "1 INVITE", false);
    relay(only, false, "SIP/2.0 180 Ringing", "t", "1 INVITE", true);
    relay(only, false, "SIP/2.0 200 OK", "t", "1 INVITE", true);
    relay(only, true, "ACK sip:bob@example.net SIP/2.0", "t", "1 ACK", false);
    relay(only, true, "BYE sip:bob@example.net SIP/2.0", "t", "2 BYE", false);
    relay(only, false, "SIP/2.0 200 OK", "t", "2 BYE", false);
  }

  /** A message comes in on one leg and goes out on the other. */
  private void relay(
      Direction only, boolean fromCaller, String start, String tag, String cseq, boolean contact) {
    if (only != Direction.EGRESS) {
      step(Direction.INGRESS, fromCaller, fromCaller, start, tag, cseq, contact);
    }
    if (only != Direction.INGRESS) {
      step(Direction.EGRESS, !fromCaller, fromCaller, start, tag, cseq, contact);
    }
  }

  /**
   * @param legOfCaller on the leg between caller and SBC, else on that between SBC and called side
   */
  private void step(
      Direction direction,
      boolean legOfCaller,
      boolean fromCaller,
      String start,
      String tag,
      String cseq,
      boolean contact) {
    String leg = legOfCaller ? "a" : "b";
    String callId = legOfCaller ? legA : legB;
    StringBuilder text = new StringBuilder(start);
    text.append("\r\nVia: SIP/2.0/").append(kind.tcp ? "TCP" : "UDP");
    text.append(' ').append(host(7)).append(":5060;branch=z9hG4bK").append(leg).append(NUMBER);
    text.append("\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=f").append(NUMBER);
    text.append("\r\nTo: <sip:bob@example.net>");
    if (!tag.isEmpty()) {
      text.append(";tag=").append(tag).append(leg).append(NUMBER);
    }
    text.append("\r\nCall-ID: ").append(callId).append("\r\nCSeq: ").append(cseq);
    if (contact) {
      text.append("\r\nContact: <sip:party@").append(host(7)).append(":5060>");
    }
    text.append("\r\nUser-Agent: ExamplePhone 1.2\r\nContent-Length: 0\r\n\r\n");
    byte[] sip = text.toString().getBytes(StandardCharsets.US_ASCII);
    InetSocketAddress party = end(legOfCaller ? 7 : 50);
    InetSocketAddress sbc = end(legOfCaller ? 1 : 2);
    boolean towardsSbc = legOfCaller == fromCaller;
    InetSocketAddress from = towardsSbc ? party : sbc;
    InetSocketAddress to = towardsSbc ? sbc : party;
    String other = legOfCaller ? legB : legA;
    add(
        kind.tcp
            ? FeedMessage.tcp(direction, 0, other, from, to, sip)
            : FeedMessage.udp(direction, 0, other, from, to, sip),
        false);
  }

  private InetSocketAddress end(int host) {
    return new InetSocketAddress(network + host, 5060);
  }

  /** An address as URIs and Via have it. */
  private String host(int host) {
    return kind.ipv6 ? "[" + network + host + "]" : network + host;
  }

  private void add(byte[] message, boolean quality) {
    List<Integer> numbers = new ArrayList<>();
    for (int at = 0; at <= message.length - NUMBER_BYTES.length; at++) {
      if (Arrays.equals(
          message, at, at + NUMBER_BYTES.length, NUMBER_BYTES, 0, NUMBER_BYTES.length)) {
        numbers.add(at);
      }
    }
    steps.add(new Step(message, numbers.stream().mapToInt(i -> i).toArray(), quality));
  }

  /** Bytes of a message of a call. */
  int length(int step) {
    return steps.get(step).message().length;
  }

  /**
   * Writes a message of a call.
   *
   * @return where it ends
   */
  int write(int step, long number, long nanos, int sequence, byte[] to, int at) {
    Step source = steps.get(step);
    byte[] message = source.message();
    System.arraycopy(message, 0, to, at, message.length);
    FeedMessage.setSequence(to, at, sequence);
    if (source.quality()) {
      FeedMessage.setTime(to, at, FeedMessage.QUALITY_BEGIN, nanos - 1_000_000_000);
      FeedMessage.setTime(to, at, FeedMessage.QUALITY_END, nanos);
    } else {
      FeedMessage.setTime(to, at, FeedMessage.RECORD_SECONDS, nanos);
    }
    for (int place : source.numbers()) {
      digits(number, to, at + place);
    }
    return at + message.length;
  }

  private static void digits(long number, byte[] to, int at) {
    long rest = number;
    for (int i = NUMBER_BYTES.length - 1; i >= 0; i--) {
      to[at + i] = HEX[(int) (rest & 0xf)];
      rest >>>= 4;
    }
  }
}
