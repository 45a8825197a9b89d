package io.callscope.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a process joins others.
 *
 * @param name of the cluster
 * @param self what this process tells of itself
 * @param address own address, of one interface
 * @param isPublicAllowed whether that may be one of the internet
 * @param port for members, 0 for the first free one from {@value #FIRST_PORT} on
 * @param busPort of the event bus, 0 for any that is free
 * @param members {@code host} or {@code host:port} where others are looked for; empty for the own
 *     address
 * @param waitMillis how long to look for a process that tracks calls
 * @param tls files of the event bus' certificates, null for none
 */
public record ClusterConfig(
    String name,
    MemberFacts self,
    String address,
    boolean isPublicAllowed,
    int port,
    int busPort,
    List<String> members,
    long waitMillis,
    Tls tls) {
  static final int FIRST_PORT = 5701;

  /** Ports tried from the first on. */
  static final int PORTS = 16;

  /**
   * PEM files.
   *
   * @param certificate chain of this process
   * @param key its private key
   * @param authorities that the certificates of others must come from
   */
  public record Tls(String certificate, String key, String authorities) {
    void check() throws ClusterException {
      check("cert", certificate);
      check("key", key);
      check("ca", authorities);
    }

    private static void check(String option, String file) throws ClusterException {
      if (!Files.isReadable(Path.of(file))) {
        throw new ClusterException("-cluster_tls_" + option + " cannot be read");
      }
    }
  }

  /** Where others are looked for. */
  List<String> places() {
    return members.isEmpty() ? List.of(address) : members;
  }
}
