package io.callscope.net;

/** Addresses with their ports, as a URI would have them. */
public final class Ends {
  private Ends() {}

  /**
   * For example {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}.
   *
   * @param ip or a host name
   */
  public static String of(String ip, int port) {
    return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
  }
}
