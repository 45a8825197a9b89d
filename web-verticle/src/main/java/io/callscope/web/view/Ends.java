package io.callscope.web.view;

/** Addresses with their ports, as a URI would have them. */
public final class Ends {
  private Ends() {}

  public static String of(String ip, int port) {
    return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
  }
}
