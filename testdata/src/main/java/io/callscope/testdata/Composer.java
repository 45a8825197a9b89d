package io.callscope.testdata;

import static io.callscope.testdata.Bytes.ascii;

import io.callscope.sip.SipMethod;

/** Writes the bytes of a step's message. The same step gives the same bytes each time. */
final class Composer {
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] VERSION_CRLF = ascii(" SIP/2.0\r\n");
  private static final byte[] VERSION = ascii("SIP/2.0 ");
  private static final byte[] SIP = ascii("sip:");
  private static final byte[] VIA_UDP = ascii("Via: SIP/2.0/UDP ");
  private static final byte[] VIA_TCP = ascii("Via: SIP/2.0/TCP ");
  private static final byte[] BRANCH = ascii(";branch=z9hG4bK");
  private static final byte[] RPORT = ascii(";rport");
  private static final byte[] RECEIVED = ascii(";received=");
  private static final byte[] ROUTE = ascii("Route: ");
  private static final byte[] RECORD_ROUTE = ascii("Record-Route: ");
  private static final byte[] MAX_FORWARDS_70 = ascii("Max-Forwards: 70\r\n");
  private static final byte[] MAX_FORWARDS_69 = ascii("Max-Forwards: 69\r\n");
  private static final byte[] FROM = ascii("From: ");
  private static final byte[] TAG = ascii(";tag=");
  private static final byte[] TO = ascii("\r\nTo: ");
  private static final byte[] CALL_ID = ascii("\r\nCall-ID: ");
  private static final byte[] CSEQ = ascii("\r\nCSeq: ");
  private static final byte[] SDP_TYPE = ascii("Content-Type: application/sdp\r\n");
  private static final byte[] TEXT_TYPE = ascii("Content-Type: text/plain\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] END = ascii("\r\n\r\n");
  private static final byte[] TEXT = ascii("Please call back, it is about the delivery.\r\n");
  private static final byte[][] METHODS = new byte[SipMethod.COUNT][];
  private static final byte[][] STATUS_LINES = new byte[700][];

  static {
    for (int i = 0; i < METHODS.length; i++) {
      METHODS[i] = ascii(SipMethod.name(i));
    }
    for (int i = 0; i < STATUS_LINES.length; i++) {
      STATUS_LINES[i] = ascii(i + " " + Reasons.of(i) + "\r\n");
    }
  }

  private final byte[] via;
  private final Bytes body = new Bytes(0, 1024);
  private final ExtraHeaders extras = new ExtraHeaders();

  Composer(boolean tcp) {
    via = tcp ? VIA_TCP : VIA_UDP;
  }

  void compose(Bytes out, Dialog d, Step step) {
    Transaction t = step.transaction();
    body.clear();
    if (step.isRequest()) {
      requestStart(out, d, t, step.leg());
      extras.request(out, d, t);
    } else {
      out.put(VERSION).put(STATUS_LINES[step.status()]);
      vias(out, d, t, step.leg(), true);
      if (d.twoLegs && opensDialog(t) && step.status() > 100 && step.status() < 300) {
        out.put(RECORD_ROUTE).put(d.route).put(CRLF);
      }
      addresses(out, d, t, replyTag(d, t, step.status()));
      extras.reply(out, d, step);
    }
    body(out, d, step);
    out.put(CONTENT_LENGTH).decimal(body.length()).put(END);
    out.put(body.array, body.start, body.length());
  }

  private void requestStart(Bytes out, Dialog d, Transaction t, int leg) {
    out.put(METHODS[t.method]).put(' ');
    if (t.method == SipMethod.REGISTER) {
      out.put(SIP).put(d.domain);
    } else if (t.toTag != null && !t.hopByHop) {
      out.put(t.fromCallee ? d.callerUri : d.calleeUri);
    } else {
      out.put(d.target);
    }
    out.put(VERSION_CRLF);
    vias(out, d, t, leg, false);
    boolean first = t.fromCallee == (leg == 1);
    if (d.twoLegs && first && t.toTag != null && !t.hopByHop) {
      out.put(ROUTE).put(d.route).put(CRLF);
    }
    if (leg == 1 && opensDialog(t)) {
      out.put(RECORD_ROUTE).put(d.route).put(CRLF);
    }
    out.put(first || !d.twoLegs ? MAX_FORWARDS_70 : MAX_FORWARDS_69);
    addresses(out, d, t, t.toTag);
  }

  private static boolean opensDialog(Transaction t) {
    return t.toTag == null && (t.method == SipMethod.INVITE || t.method == SipMethod.SUBSCRIBE);
  }

  private static byte[] replyTag(Dialog d, Transaction t, int status) {
    if (status == 100) {
      return null;
    }
    if (t.toTag != null) {
      return t.toTag;
    }
    return status == 401 || status == 407 ? d.challengerTag : d.toTag;
  }

  private void vias(Bytes out, Dialog d, Transaction t, int leg, boolean reply) {
    if (t.fromCallee) {
      if (leg == 0) {
        proxyVia(out, d, t);
      }
      if (d.twoLegs) {
        out.put(via).put(d.trunk.server().hostPort()).put(BRANCH).hex(t.branch, 16).put(CRLF);
      }
      return;
    }
    if (leg == 1) {
      proxyVia(out, d, t);
      if (t.hopByHop) {
        return;
      }
    }
    Endpoint phone = d.phone.client();
    out.put(via).put(phone.hostPort()).put(BRANCH).hex(t.branch, 16).put(RPORT);
    if (leg == 1 || reply) {
      out.put('=').decimal(d.phone.clientPort()).put(RECEIVED).put(phone.host());
    }
    out.put(CRLF);
  }

  private void proxyVia(Bytes out, Dialog d, Transaction t) {
    long branch = Random64.of(t.branch, 1);
    out.put(via).put(d.phone.server().hostPort()).put(BRANCH);
    out.hex(branch >>> 48, 4).put('.').hex(Random64.of(branch, 1), 16).put(CRLF);
  }

  private static void addresses(Bytes out, Dialog d, Transaction t, byte[] toTag) {
    out.put(FROM).put(t.fromCallee ? d.callee : d.caller);
    out.put(TAG).put(t.fromCallee ? toTag : d.fromTag);
    out.put(TO).put(t.fromCallee ? d.caller : d.callee);
    byte[] tag = t.fromCallee ? d.fromTag : toTag;
    if (tag != null) {
      out.put(TAG).put(tag);
    }
    out.put(CALL_ID).put(d.callId).put(CSEQ).decimal(t.cseq).put(' ');
    out.put(METHODS[t.method]).put(CRLF);
  }

  private void body(Bytes out, Dialog d, Step step) {
    Transaction t = step.transaction();
    if (t.method == SipMethod.MESSAGE && step.isRequest()) {
      out.put(TEXT_TYPE);
      body.put(TEXT);
    } else if (t.method == SipMethod.INVITE && describesSession(step)) {
      out.put(SDP_TYPE);
      Sdp.write(body, d, !step.isRequest(), t.offer);
    }
  }

  private static boolean describesSession(Step step) {
    return step.isRequest() || step.status() == 183 || step.status() == 200;
  }
}
