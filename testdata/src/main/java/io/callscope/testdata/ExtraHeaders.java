package io.callscope.testdata;

import static io.callscope.testdata.Bytes.ascii;

import io.callscope.sip.SipMethod;

/** The headers of a message that tell what its sender can do and wants. */
final class ExtraHeaders {
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] CONTACT = ascii("Contact: <");
  private static final byte[] CONTACT_END = ascii(">\r\n");
  private static final byte[] CONTACT_EXPIRES = ascii(">;expires=");
  private static final byte[] EXPIRES = ascii("\r\nExpires: ");
  private static final byte[] USER_AGENT = ascii("User-Agent: ");
  private static final byte[] SERVER = ascii("Server: ");
  private static final byte[] ALLOW =
      ascii(
          "\r\nAllow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH,"
              + " MESSAGE, UPDATE, PRACK\r\n");
  private static final byte[] SUPPORTED = ascii("Supported: replaces, timer, path, 100rel\r\n");
  private static final byte[] SESSION = ascii("Session-Expires: 1800;refresher=uac\r\n");
  private static final byte[] ACCEPT = ascii("Accept: application/sdp\r\n");
  private static final byte[] PRESENCE = ascii("Event: presence\r\nExpires: 3600\r\n");
  private static final byte[] GRANTED = ascii("Expires: 3600\r\n");
  private static final byte[] CLEARED =
      ascii("Reason: Q.850;cause=16;text=\"Normal call clearing\"\r\n");
  private static final byte[] DATE = ascii("Date: Mon, 15 Jan 2024 12:00:00 GMT\r\n");
  private static final byte[] IDENTITY = ascii("P-Asserted-Identity: ");
  private static final byte[] CHALLENGE = ascii("-Authenticate: Digest realm=\"");
  private static final byte[] CREDENTIALS = ascii("Authorization: Digest username=\"");
  private static final byte[] PROXY = ascii("Proxy");
  private static final byte[] PROXY_DASH = ascii("Proxy-");
  private static final byte[] WWW = ascii("WWW");
  private static final byte[] REALM = ascii("\", realm=\"");
  private static final byte[] NONCE = ascii("\", nonce=\"");
  private static final byte[] URI = ascii("\", uri=\"");
  private static final byte[] RESPONSE = ascii("\", response=\"");
  private static final byte[] CNONCE = ascii("\", algorithm=MD5, cnonce=\"");
  private static final byte[] NONCE_COUNT = ascii("\", qop=auth, nc=00000001\r\n");
  private static final byte[] ALGORITHM = ascii("\", algorithm=MD5, qop=\"auth\"\r\n");
  private static final byte[] SIP = ascii("sip:");

  void request(Bytes out, Dialog d, Transaction t) {
    Endpoint caller = d.phone.client();
    switch (t.method) {
      case SipMethod.INVITE -> {
        abilities(out, d.callerUri, USER_AGENT, caller);
        out.put(SESSION);
        if (t.toTag == null) {
          out.put(IDENTITY).put(d.identity).put(CRLF);
        }
      }
      case SipMethod.ACK -> {
        if (!t.hopByHop) {
          out.put(CONTACT).put(d.callerUri).put(CONTACT_END);
        }
        product(out, USER_AGENT, caller).put(CRLF);
      }
      case SipMethod.BYE -> {
        product(out, USER_AGENT, t.fromCallee ? callee(d) : caller).put(CRLF);
        out.put(CLEARED);
      }
      case SipMethod.REGISTER -> {
        out.put(CONTACT).put(d.callerUri).put(CONTACT_EXPIRES).decimal(t.expires);
        out.put(EXPIRES).decimal(t.expires).put(CRLF);
        product(out, USER_AGENT, caller).put(ALLOW);
      }
      case SipMethod.OPTIONS -> {
        abilities(out, d.callerUri, USER_AGENT, caller);
        out.put(ACCEPT);
      }
      case SipMethod.SUBSCRIBE -> {
        abilities(out, d.callerUri, USER_AGENT, caller);
        out.put(PRESENCE);
      }
      default -> product(out, USER_AGENT, caller).put(CRLF);
    }
    if (t.credentials) {
      credentials(out, d, t);
    }
  }

  void reply(Bytes out, Dialog d, Step step) {
    Transaction t = step.transaction();
    int status = step.status();
    Endpoint proxy = d.phone.server();
    if (status == 401 || status == 407) {
      challenge(out, d, status);
      product(out, SERVER, proxy).put(CRLF);
    } else if (t.method == SipMethod.REGISTER) {
      if (status == 200 && t.expires > 0) {
        out.put(CONTACT).put(d.callerUri).put(CONTACT_EXPIRES).decimal(t.expires).put(CRLF);
      }
      product(out, SERVER, proxy).put(CRLF).put(DATE);
    } else if (t.fromCallee) {
      product(out, USER_AGENT, d.phone.client()).put(CRLF);
    } else if (status == 100 || t.hopByHop) {
      product(out, SERVER, step.leg() == 0 ? proxy : callee(d)).put(CRLF);
    } else if (status < 300 && t.method != SipMethod.BYE) {
      abilities(out, d.calleeUri, SERVER, callee(d));
      if (t.method == SipMethod.INVITE && status == 200) {
        out.put(SESSION);
      } else if (t.method == SipMethod.SUBSCRIBE) {
        out.put(GRANTED);
      }
    } else {
      product(out, SERVER, callee(d)).put(CRLF);
    }
  }

  /** Who answers: the gateway, also where only the phone's side of the proxy is seen. */
  private static Endpoint callee(Dialog d) {
    return d.trunk.server();
  }

  private static Bytes product(Bytes out, byte[] header, Endpoint endpoint) {
    return out.put(header).put(endpoint.product());
  }

  private static void abilities(Bytes out, byte[] contact, byte[] header, Endpoint endpoint) {
    out.put(CONTACT).put(contact).put(CONTACT_END);
    product(out, header, endpoint).put(ALLOW).put(SUPPORTED);
  }

  private static void challenge(Bytes out, Dialog d, int status) {
    out.put(status == 407 ? PROXY : WWW).put(CHALLENGE).put(d.domain);
    nonce(out.put(NONCE), d);
    out.put(ALGORITHM);
  }

  private static void credentials(Bytes out, Dialog d, Transaction t) {
    boolean register = t.method == SipMethod.REGISTER;
    if (!register) {
      out.put(PROXY_DASH);
    }
    out.put(CREDENTIALS).put(d.user).put(REALM).put(d.domain);
    nonce(out.put(NONCE), d);
    out.put(URI);
    if (register) {
      out.put(SIP).put(d.domain);
    } else {
      out.put(d.target);
    }
    out.put(RESPONSE).hex(Random64.of(t.branch, 10), 16).hex(Random64.of(t.branch, 11), 16);
    out.put(CNONCE).hex(Random64.of(t.branch, 12), 16).put(NONCE_COUNT);
  }

  private static void nonce(Bytes out, Dialog d) {
    for (int i = 20; i < 23; i++) {
      out.hex(Random64.of(d.seed, i), 16);
    }
  }
}
