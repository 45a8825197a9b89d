package io.callscope.ipfix;

import io.callscope.bus.CallQuality;
import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.net.IpAddress;
import io.callscope.sip.CallIdLimit;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads reports of media quality (set 268). Their layout is not published; this is what is known of
 * it.
 *
 * <pre>
 *   0 ingress leg: 14 figures (4 each)   56 egress leg: the same   112 kind of media (1)
 * 113 caller to SBC, 125 SBC to caller, 137 SBC to callee, 149 callee to SBC:
 *     source (4), destination (4), source port (2), destination port (2)
 * 161 ingress interface: slot (1), port (1), VLAN (2)   165 egress interface
 * 169 begin: seconds (4), microseconds (4)   177 end
 * 185 realm of ingress, of egress, Call-ID of ingress, of egress: variable
 *
 * figures of a leg: RTP bytes, packets, lost, jitter, max. jitter; RTCP the same and latency, max. latency;
 * R factor * 100; MOS * 100
 * </pre>
 */
final class QualityReader {
  private static final int LEG = 56;
  private static final int MEDIA_TYPE = 112;
  private static final int FLOWS = 113;
  private static final int FLOW = 12;
  private static final int INTERFACES = 161;
  private static final int BEGIN = 169;
  private static final int END = 177;
  private static final int FIXED = 185;

  /** A figure above it stands for one that is not known. */
  private static final long LARGEST = 10_000_000;

  private static final int MAX_REALM = 128;

  private final VariableLength field = new VariableLength();
  private byte[] bytes;
  private int at;
  private int end;
  private boolean fits;

  /** The report of a set, or null if it does not fit. */
  CallQuality read(byte[] from, int start, int setEnd, String sbc) {
    if (setEnd - start < FIXED) {
      return null;
    }
    bytes = from;
    at = start + FIXED;
    end = setEnd;
    fits = true;
    String ingressRealm = text(MAX_REALM, StandardCharsets.UTF_8);
    String egressRealm = text(MAX_REALM, StandardCharsets.UTF_8);
    String ingressCallId = text(CallIdLimit.MAX_KEPT_BYTES, StandardCharsets.ISO_8859_1);
    String egressCallId = text(CallIdLimit.MAX_KEPT_BYTES, StandardCharsets.ISO_8859_1);
    if (!fits) {
      return null;
    }
    return new CallQuality(
        sbc,
        Octets.nanos(bytes, start + BEGIN),
        Octets.nanos(bytes, start + END),
        bytes[start + MEDIA_TYPE] & 0xff,
        false,
        leg(start, 0, ingressCallId, ingressRealm, flow(start + FLOWS), flow(start + FLOWS + FLOW)),
        leg(
            start,
            1,
            egressCallId,
            egressRealm,
            flow(start + FLOWS + 3 * FLOW),
            flow(start + FLOWS + 2 * FLOW)));
  }

  /**
   * Where the last field ends; what is left of the set is padding, or fields that are not known.
   */
  int end() {
    return at;
  }

  private String text(int most, Charset charset) {
    fits = fits && field.read(bytes, at, end);
    if (!fits) {
      return "";
    }
    at = field.end();
    return new String(bytes, field.at, Math.min(field.length, most), charset);
  }

  private Leg leg(int start, int side, String callId, String realm, Flow incoming, Flow outgoing) {
    int figures = start + side * LEG;
    int face = start + INTERFACES + side * 4;
    return new Leg(
        callId,
        realm,
        bytes[face] & 0xff,
        bytes[face + 1] & 0xff,
        Octets.uint16(bytes, face + 2),
        (int) known(figures + 48),
        (int) known(figures + 52),
        stream(figures, false),
        stream(figures + 20, true),
        incoming,
        outgoing);
  }

  private Stream stream(int from, boolean latency) {
    return new Stream(
        Octets.uint32(bytes, from),
        known(from + 4),
        known(from + 8),
        known(from + 12),
        known(from + 16),
        latency ? known(from + 20) : 0,
        latency ? known(from + 24) : 0);
  }

  private long known(int from) {
    long value = Octets.uint32(bytes, from);
    return value > LARGEST ? 0 : value;
  }

  private Flow flow(int from) {
    return new Flow(
        IpAddress.text(0, IpAddress.lowOfIpv4(Octets.int32(bytes, from))),
        Octets.uint16(bytes, from + 8),
        IpAddress.text(0, IpAddress.lowOfIpv4(Octets.int32(bytes, from + 4))),
        Octets.uint16(bytes, from + 10));
  }
}
