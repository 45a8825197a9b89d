package io.callscope.web.server;

/**
 * How the web server listens.
 *
 * @param certificateFile empty for no TLS
 * @param keyFile its private key
 * @param maxConnections of clients
 * @param patienceMillis for the head of a request; its body has three times that, the reading of an
 *     answer four times
 * @param busBridge whether programs may listen to the event bus over WebSockets
 */
public record ServerConfig(
    String certificateFile,
    String keyFile,
    int maxConnections,
    long patienceMillis,
    boolean busBridge) {

  /** What clients usually get. */
  public static final long PATIENCE_MILLIS = 10_000;

  /** Without TLS. */
  public static final ServerConfig PLAIN = new ServerConfig("", "", 1024, PATIENCE_MILLIS, false);

  public boolean tls() {
    return !certificateFile.isEmpty();
  }
}
