package io.callscope.tracker.call;

import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipUri;
import java.util.Arrays;

/**
 * A URI reduced to what makes two of them the same registration: scheme, user, password, host in
 * lower case, port. Two URIs are equal as AORs or contacts if these bytes are. To be used again and
 * again by one thread.
 */
final class UriKey {
  /** The port ends a key. */
  static final int PORT_BYTES = 2;

  private final SipUri uri = new SipUri();
  private byte[] bytes = new byte[256];
  private int length;
  private int portAt;

  /** Reduces a URI; false if it is none or, being cut or odd, does not parse. */
  boolean read(byte[] from, int at, int size) {
    if (uri.parse(from, at, size) != SipUri.OK) {
      return false;
    }
    length = 0;
    put(SipUri.SCHEME, true);
    put(SipUri.USER, false);
    separate();
    put(SipUri.PASSWORD, false);
    separate();
    put(SipUri.HOST, true);
    separate();
    portAt = length;
    ensure(PORT_BYTES);
    bytes[length++] = (byte) (uri.port() >> 8);
    bytes[length++] = (byte) uri.port();
    return true;
  }

  private void put(int part, boolean lowerCase) {
    int size = uri.length(part);
    ensure(size);
    for (int i = 0; i < size; i++) {
      byte b = uri.bytes()[uri.at(part) + i];
      bytes[length++] = lowerCase && b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
  }

  /**
   * A byte that no part can hold between them, or {@code a:b@c} would equal {@code a} with another
   * split.
   */
  private void separate() {
    ensure(1);
    bytes[length++] = '\n';
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Length of the key. */
  int length() {
    return length;
  }

  /** Equal for keys that differ in their ports alone. */
  int hashWithoutPort() {
    return CallIdHash.of(bytes, 0, portAt);
  }

  /** Whether another key, which stands in {@code other}, is the same. */
  boolean equals(byte[] other, int from, int to, boolean ignorePort) {
    return ignorePort
        ? Arrays.equals(bytes, 0, portAt, other, from, to - PORT_BYTES)
        : Arrays.equals(bytes, 0, length, other, from, to);
  }
}
